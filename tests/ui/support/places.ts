// Every page of the application, with somebody who works there.
import { png } from './files.ts';
import { g_deletion, name_change, type Page, type Student, type Task } from './api.ts';
import type { World } from './world.ts';

export interface Place {
  /** As the router names it, with what is special about it. */
  name: string;
  path: string;
  /** null: nobody signed in. */
  username: string | null;
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
  const deletion = await world.as('province').file(world.deletion(), png());
  await world.as('province-approver').act(deletion.id, 'approve');
  const free = (await registrar.get<Page<Student>>('/api/v1/students?status=in_school&limit=200')).items.find(
    (each) => !each.openRequest,
  )!;
  const [task] = (await world.as('ministry').get<Page<Task>>('/api/v1/tasks?limit=1')).items;

  const of = (username: string | null, ...pages: [string, string][]): Place[] =>
    pages.map(([name, path]) => ({ name, path, username }));
  return [
    ...of(null, ['sign-in', '/sign-in']),
    ...of(
      'registrar',
      ['students', '/students'],
      ['students, none found', '/students?q=没有此人'],
      ['student', `/students/${free.id}`],
      ['student with an open request', `/students/${open.student.id}`],
      ['student with a history', `/students/${done.student.id}`],
      ['business', `/students/${free.id}/business`],
      ['new-request', `/students/${free.id}/business/${name_change}`],
      ['draft sent back', `/requests/${returned.id}/edit`],
      ['requests', '/requests'],
      ['request, one’s own', `/requests/${open.id}`],
      ['request, completed', `/requests/${done.id}`],
      ['notifications', '/notifications'],
      ['delegation', '/delegation'],
      ['help', '/help'],
      ['not-found', '/no/such/page'],
      ['request not found', '/requests/999999999'],
    ),
    ...of(
      'county',
      ['queue', '/queue'],
      ['queue, none found', '/queue?q=没有此人'],
      ['request to decide', `/requests/${open.id}`],
    ),
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
      ['definitions', '/administration/definitions'],
      ['checks', '/administration/checks'],
      ['health', '/administration/health'],
    ),
  ];
}

/** The places of each person, in their order. */
export function by_person(all: Place[]): [string | null, Place[]][] {
  return [...new Map(all.map((place) => [place.username, all.filter((each) => each.username === place.username)]))];
}
