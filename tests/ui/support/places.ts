// Every page of the application, with somebody who works there.
import { randomUUID } from 'node:crypto';
import { png } from './files.ts';
import { g_deletion, name_change, type Page, type Request, type Student, type Task } from './api.ts';
import type { World } from './world.ts';

export interface Place {
  /** As the router names it, with what is special about it. */
  name: string;
  path: string;
  /** What is searched for there. */
  words?: string;
  /** null: nobody signed in. */
  username: string | null;
}

/** As long as a name may be. */
const long_name = `阿卜杜热合曼·${'买买提吐尔逊'.repeat(7)}江`;

/** A student who comes to bear that name, by judgement of the province; with a request that is open again. */
async function student_with_long_name(world: World): Promise<{ student: string; request: string }> {
  const registrar = world.as('registrar');
  const example = world.name_change();
  const ground = 'register_changed';
  const { id } = await registrar.file({ ...example, fields: { new_name: long_name, ground } }, png());
  for (const username of ['head', 'county', 'county-approver']) await world.as(username).act(id, 'approve');
  await registrar.wait_for_state(id, 'county_findings');
  await world.as('county').act(id, 'escalate', '户口簿属实，请认定');
  await world.as('province-approver').act(id, 'approve');
  const another = { new_name: [...long_name].reverse().join(''), ground };
  const again = await registrar.file({ ...example, fields: another }, png());
  await world.as('head').act(again.id, 'approve');
  return { student: example.student, request: again.id };
}

/** Of a student of another school, whose numbers are masked. */
async function draft_of_a_transfer(world: World): Promise<Request> {
  const there = world.as('registrar2');
  const [free] = await world.free_students('registrar2');
  const { name, birthDate, idNumber } = await there.student(free!.id);
  const registrar = world.as('registrar');
  const sought = { number: idNumber, name, birthDate };
  const { handle } = await registrar.post<{ handle: string }>('/api/v1/students/find', sought);
  const fields = { ground: 'household_moved', reason: '全家迁居', new_class: '3班' };
  const body = { workflow: 'transfer', student: handle, fields, evidence: [], submit: false };
  return registrar.post('/api/v1/requests', body, { 'Idempotency-Key': randomUUID() });
}

/** About several pupils: one that waits for the head, who has set one aside, and a draft. */
async function batches(world: World): Promise<{ open: string; draft: string }> {
  const registrar = world.as('registrar');
  const pupils = (await world.free_students('registrar')).slice(-25);
  const open_about = (those: Student[], submit: boolean) =>
    registrar.post<Request>(
      '/api/v1/requests',
      {
        workflow: 'class-change',
        subjects: those.map(({ id }) => ({ student: id })),
        fields: { ground: 'moved', new_class: '试点班' },
        submit,
      },
      { 'Idempotency-Key': randomUUID() },
    );
  const { id, version } = await open_about(pupils.slice(2), true);
  await world
    .as('head')
    .post(
      `/api/v1/requests/${id}/subjects/2/set-aside`,
      { reason: '正在办理转学，不随本件调班' },
      { 'If-Match': `"${version}"`, 'Idempotency-Key': randomUUID() },
    );
  return { open: id, draft: (await open_about(pupils.slice(0, 2), false)).id };
}

/** A class that is divided: one whose draft is half filled in, and one that waits for the head. */
async function divisions(world: World): Promise<{ open: string; draft: string }> {
  const registrar = world.as('registrar');
  const pupils = (await world.free_students('registrar')).slice(-6);
  const open_about = (those: Student[], submit: boolean) =>
    registrar.post<Request>(
      '/api/v1/requests',
      {
        workflow: 'class-division',
        subjects: those.map(({ id }, place) => ({
          student: id,
          fields: submit || place === 0 ? { new_class: '试点班' } : {},
        })),
        submit,
      },
      { 'Idempotency-Key': randomUUID() },
    );
  return {
    open: (await open_about(pupils.slice(3), true)).id,
    draft: (await open_about(pupils.slice(0, 3), false)).id,
  };
}

/** Files what the pages are to show: an open request, a draft that was sent back, a completed one, a retired number. */
export async function places(world: World): Promise<Place[]> {
  const [registrar, head, county] = [world.as('registrar'), world.as('head'), world.as('county')];
  const open = await registrar.file(world.name_change(), png());
  await head.act(open.id, 'approve');
  const returned = await registrar.file(world.name_change(), png());
  await head.act(returned.id, 'return', '第二页看不清，请重新扫描');
  const done = await registrar.file(world.id_number_change(), png());
  await head.act(done.id, 'approve');
  await county.act(done.id, 'approve');
  await world.as('county-approver').act(done.id, 'approve');
  await registrar.wait_for_state(done.id, 'completed');
  const long = await student_with_long_name(world);
  const transfer = await draft_of_a_transfer(world);
  const deletion = await world.as('province').file(world.deletion(), png());
  await world.as('province-approver').act(deletion.id, 'approve');
  const free = (await world.free_students('registrar'))[0]!;
  const several = await batches(world);
  const divided = await divisions(world);
  const pairs = (await county.get<Page<Request>>('/api/v1/requests?workflow=problem-status&limit=200')).items;
  const pair_in = (state: string): string => pairs.find((each) => each.state.key === state)!.id;
  const [task] = (await world.as('ministry').get<Page<Task>>('/api/v1/tasks?limit=1')).items;

  const of = (username: string | null, ...pages: [string, string, string?][]): Place[] =>
    pages.map(([name, path, words]) => ({ name, path, words, username }));
  return [
    ...of(null, ['sign-in', '/sign-in']),
    ...of(
      'registrar',
      ['students', '/students'],
      ['students, none found', '/students', '没有此人'],
      ['student', `/students/${free.id}`],
      ['student with an open request', `/students/${open.student.id}`],
      ['student with a history', `/students/${done.student.id}`],
      ['student with a name of 50 characters', `/students/${long.student}`],
      ['students, one with a name of 50 characters', '/students', '阿卜杜热合曼'],
      ['student of another school', '/students/other-school'],
      ['new-request, the student not found', '/students/other-school/transfer'],
      ['business', `/students/${free.id}/business`],
      ['new-request', `/students/${free.id}/business/${name_change}`],
      ['draft sent back', `/requests/${returned.id}/edit`],
      ['batch', '/students/batch'],
      ['batch request', '/students/batch/class-change'],
      ['request about several', `/requests/${several.open}`],
      ['draft about several', `/requests/${several.draft}/edit`],
      ['batch request with a value for each', '/students/batch/class-division'],
      ['draft with a value for each', `/requests/${divided.draft}/edit`],
      ['request with a value for each', `/requests/${divided.open}`],
      ['requests', '/requests'],
      ['request, one’s own', `/requests/${open.id}`],
      ['request, completed', `/requests/${done.id}`],
      ['request of a transfer', `/requests/${transfer.id}`],
      ['draft of a transfer', `/requests/${transfer.id}/edit`],
      ['notifications', '/notifications'],
      ['delegation', '/delegation'],
      ['help', '/help'],
      ['not-found', '/no/such/page'],
      ['request not found', '/requests/999999999'],
    ),
    ...of(
      'county',
      ['queue', '/queue'],
      ['queue, none found', '/queue', '没有此人'],
      ['request to decide', `/requests/${open.id}`],
      ['request with names of 50 characters', `/requests/${long.request}`],
      ['pair to settle', `/requests/${pair_in('settling')}/edit`],
      ['pair merged', `/requests/${pair_in('one_person')}`],
    ),
    ...of('head', ['queue of the head', '/queue'], ['batch to decide', `/requests/${several.open}`]),
    ...of('province', ['new-request of a deletion', `/students/${free.id}/business/${g_deletion}`]),
    ...of(
      'ministry',
      ['queue of the ministry', '/queue'],
      ['request of a deletion', `/requests/${task?.request ?? deletion.id}`],
    ),
    ...of(
      'admin',
      ['offices', '/administration/offices'],
      ['accounts', '/administration/accounts'],
      ['undecidable', '/administration/undecidable'],
      ['definitions', '/administration/definitions'],
      ['definition', `/administration/definitions/${name_change}/4`],
      ['checks', '/administration/checks'],
      ['health', '/administration/health'],
    ),
  ];
}

/** The places of each person, in their order. */
export function by_person(all: Place[]): [string | null, Place[]][] {
  return [...new Map(all.map((place) => [place.username, all.filter((each) => each.username === place.username)]))];
}
