// The published schemas, by an independent validator: they take every shipped file and refuse what authors get wrong.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";

const root = new URL("../../", import.meta.url);
const folders = ["workflows/", "docs/tutorial/", "tests/mutation/businesses/", "tests/routes/"];
const read = (path) => readFileSync(new URL(path, root), "utf8");
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
const validators = Object.fromEntries(
  ["definition", "scenario"].map((name) => [name, ajv.compile(JSON.parse(read(`workflows/schema/${name}.schema.json`)))]),
);

const complaints = (name, value) => {
  const valid = validators[name](value);
  return valid ? [] : validators[name].errors.map((error) => `${error.instancePath} ${error.message}`);
};

const shipped = folders.flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => folder + name),
);

for (const file of shipped) {
  const name = file.endsWith(".scenario.yaml") ? "scenario" : "definition";
  test(`${file} fits the schema of a ${name}, and names it for editors`, () => {
    assert.deepEqual(complaints(name, parse(read(file), { version: "1.2" })), []);
    const [, path] = read(file).match(/^# yaml-language-server: \$schema=(\S+)\n/) ?? [];
    assert.equal(new URL(path ?? "", new URL(file, root)).href, new URL(`workflows/schema/${name}.schema.json`, root).href);
  });
}

// The parts of the language that no shipped business uses yet.
const whole = parse(read("tests/schema/whole.yaml"), { version: "1.2" });
test("a definition with every part of the language fits", () => assert.deepEqual(complaints("definition", whole), []));

/** What an author gets wrong, where the schema must complain, and how the text is broken. */
const broken = [
  ["a misspelt key", "", (d) => (d.titel = d.title)],
  ["no title", "", (d) => delete d.title],
  ["a title in one language", "/title", (d) => delete d.title.en],
  ["another format", "/format", (d) => (d.format = 3)],
  ["a place that is no office", "/places/sending", (d) => (d.places.sending = "student.home")],
  ["a place without an office", "/places/receiving", (d) => (d.places.receiving = { title: d.title })],
  ["a variant that applies nowhere", "", (d) => delete d.applies],
  ["a national file that applies somewhere", "", (d) => delete d.variant],
  ["a county's variant", "/applies/provinces/0", (d) => (d.applies.provinces = ["440100"])],
  ["a variant without a place", "/applies", (d) => delete d.applies.place],
  ["a variant within a school", "/applies/within", (d) => (d.applies.within = "school")],
  ["a stage that there is not", "/applies/stages/0", (d) => (d.applies.stages = ["college"])],
  ["an act at any school", "/states/draft/draft", (d) => (d.states.draft.draft = "registrar at any school")],
  ["a common superior of one", "/states/superior_review/approval", (d) => (d.states.superior_review.approval = "approver at common superior of sending")],
  ["a move without a place", "/states/completed/effects/1", (d) => (d.states.completed.effects[1] = { move: 7 })],
  ["a status that there is not", "/states/completed/effects/2", (d) => (d.states.completed.effects[2] = { set: { "student.status": "paused" } })],
  ["a name that is the same for all", "/states/completed/effects/2", (d) => (d.states.completed.effects[2] = { set: { "student.name": "张三" } })],
  ["a status that is emptied", "/states/completed/effects/2", (d) => (d.states.completed.effects[2] = { set: { "student.status": "none" } })],
  ["a member that a student has not", "/states/completed/effects/2", (d) => (d.states.completed.effects[2] = { set: { "student.height": "none" } })],
  ["an effect that sets nothing", "/states/completed/effects/2", (d) => (d.states.completed.effects[2] = { set: {} })],
  ["a condition that is a list", "/states/completed/effects/1", (d) => (d.states.completed.effects[1].when = ["a"])],
  ["a condition without an effect", "/states/completed/effects/1", (d) => delete d.states.completed.effects[1].move],
  ["two effects in one", "/states/completed/effects/1", (d) => (d.states.completed.effects[1].set = { "student.class": "none" })],
  ["an opening of nothing", "/states/completed/effects/3", (d) => delete d.states.completed.effects[3].open.definition],
  ["an opening by nobody", "/states/completed/effects/3", (d) => (d.states.completed.effects[3].open.by = "registrar")],
  ["an opening about a school", "/states/completed/effects/3", (d) => (d.states.completed.effects[3].open.about = "school")],
  ["a move that is said alone", "/states/completed/effects/1", (d) => (d.states.completed.effects[1] = "move")],
  ["a key in capitals", "/key", (d) => (d.key = "Suspension")],
  ["a version in words", "/version", (d) => (d.version = "one")],
  ["no states", "", (d) => delete d.states],
  ["a subject that there is not", "/subject", (d) => (d.subject = "school")],
  ["nobody who opens", "/open", (d) => delete d.open.by],
  ["an unknown role", "/open/by", (d) => (d.open.by = "clerk at student.school")],
  ["an office by its name", "/open/by", (d) => (d.open.by = "reviewer at 东城区")],
  ["a level that there is not", "/states/county_review/approval", (d) => (d.states.county_review.approval = "reviewer at city of student.school")],
  ["a field without a type", "/fields/reason", (d) => delete d.fields.reason.type],
  ["a field of an unknown type", "/fields/reason/type", (d) => (d.fields.reason.type = "string")],
  ["a choice without choices", "/fields/ground", (d) => delete d.fields.ground.choices],
  ["rows without a row", "/fields/findings", (d) => delete d.fields.findings.rows],
  ["any number of rows", "/fields/findings", (d) => delete d.fields.findings.at_most],
  ["too many rows", "/fields/findings/at_most", (d) => (d.fields.findings.at_most = 201)],
  ["rows within rows", "/fields/findings/rows/note/type", (d) => (d.fields.findings.rows.note.type = "rows")],
  ["a row that changes the record", "/fields/findings/rows/note", (d) => (d.fields.findings.rows.note.changes = "student.class")],
  ["rows of a text", "/fields/reason/rows", (d) => (d.fields.reason.rows = d.fields.findings.rows)],
  ["an offer of nothing", "/fields/findings/offers", (d) => (d.fields.findings.offers = { when: "has(note)" })],
  ["choices of a text", "/fields/reason/choices", (d) => (d.fields.reason.choices = { a: { zh: "甲", en: "A" } })],
  ["a member that can't be changed", "/fields/ground/changes", (d) => (d.fields.ground.changes = "student.height")],
  ["a field's key in capitals", "/fields", (d) => (d.fields.Reason = d.fields.reason)],
  ["required in words", "/fields/reason/required", (d) => (d.fields.reason.required = "yes")],
  ["a rule without else", "/require/0", (d) => delete d.require[0].else],
  ["a count in words", "/evidence/certificate/count", (d) => (d.evidence.certificate.count = "some")],
  ["a format that is not taken", "/evidence/certificate/media/0", (d) => (d.evidence.certificate.media = ["image/gif"])],
  ["a choice of one way", "/states/which/choice", (d) => (d.states.which = { choice: [{ to: "completed" }] })],
  ["a way that leads nowhere", "/states/which/choice/0", (d) => (d.states.which = { choice: [{ when: "has(reason)" }, { to: "completed" }] })],
  ["a choice with a deadline", "/states/which", (d) => (d.states.which = { choice: [{ when: "has(reason)", to: "completed" }, { to: "rejected" }], due: "5 working days" })],
  ["a state without a kind", "/states/county_review", (d) => delete d.states.county_review.approval],
  ["a state without actions", "/states/county_review", (d) => delete d.states.county_review.actions],
  ["a deadline in weeks", "/states/county_review/due", (d) => (d.states.county_review.due = "2 weeks")],
  ["a reminder without a deadline", "/states/county_review", (d) => delete d.states.county_review.due],
  ["an overdue that does nothing", "/states/county_review/overdue", (d) => (d.states.county_review.overdue = {})],
  ["an action that leads nowhere", "/states/county_review/actions/approve", (d) => delete d.states.county_review.actions.approve.to],
  ["a return without a default", "/states/county_review/actions/return", (d) => delete d.states.county_review.actions.return.default],
  ["a comment that is forbidden", "/states/county_review/actions/reject/comment", (d) => (d.states.county_review.actions.reject.comment = "forbidden")],
  ["an unknown check", "/states/checks/check/0", (d) => (d.states.checks.check = ["name_check"])],
  ["a check without suspect", "/states/checks/outcomes", (d) => delete d.states.checks.outcomes.suspect],
  ["a pause without a unit", "/states/checks/retry/first", (d) => (d.states.checks.retry.first = "5")],
  ["an unknown outcome", "/states/completed/end", (d) => (d.states.completed.end = "done")],
  ["an unknown effect", "/states/completed/effects/0", (d) => (d.states.completed.effects = ["apply"])],
  ["one branch alone", "/states/both_sides/parallel", (d) => delete d.states.both_sides.parallel.sending],
  ["a branch for each class", "/states/both_sides/parallel/for each", (d) => (d.states.both_sides.parallel = { "for each": "class of school", title: d.title, states: d.states.both_sides.parallel.sending.states })],
  ["branches of schools without states", "/states/both_sides/parallel", (d) => (d.states.both_sides.parallel = { "for each": "school of students", title: d.title })],
  ["a fork inside a branch", "/states/both_sides/parallel/sending/states/inner", (d) => (d.states.both_sides.parallel.sending.states.inner = d.states.both_sides)],
  ["branches that never join", "/states/both_sides", (d) => delete d.states.both_sides.join],
  ["a wait for any day", "/states/until_term/wait", (d) => (d.states.until_term.wait = "monday")],
  ["a withdrawal by nobody", "/anywhere/withdraw", (d) => delete d.anywhere.withdraw.by],
  ["a separation of something else", "/separation/0/decides", (d) => (d.separation[0].decides = "nobody twice")],
  ["telling a person", "/inform/0/who/0", (d) => (d.inform[0].who = ["张三"])],
  ["a reminder of a status", "/remind/0/of", (d) => (d.remind = [{ of: "student.status", before: "15 working days", to: "head at receiving" }])],
  ["a reminder after calendar days", "/remind/0/before", (d) => (d.remind = [{ of: "student.status_until", before: "3 weeks", to: "head at receiving" }])],
  ["a lock from noon on", "/lock", (d) => (d.lock = "from noon")],
  ["being done once per month", "/once_per/0", (d) => (d.once_per = ["Month"])],
  ["being done once per five things", "/once_per", (d) => (d.once_per = ["student", "student.name", "student.sex", "student.grade", "student.class"])],
  ["a migration to anywhere", "/migrate/0/otherwise", (d) => (d.migrate[0].otherwise = "any state")],
];

for (const [what, where, breaks] of broken) {
  test(`a definition is refused for ${what}`, () => {
    const copy = structuredClone(whole);
    breaks(copy);
    const found = complaints("definition", copy);
    assert.ok(
      found.some((each) => each.startsWith(`${where} `)),
      `nothing is said at ${where}: ${found.join("; ")}`,
    );
  });
}

const story = parse(read("workflows/key-information-change.approved.scenario.yaml"), { version: "1.2" });
const untold = [
  ["no title", "", (s) => delete s.scenario],
  ["no student", "/given", (s) => delete s.given.student],
  ["a school without offices", "/given/school", (s) => (s.given.school = "第一小学")],
  ["a status that there is not", "/given/student/status", (s) => (s.given.student.status = "present")],
  ["somebody who does nothing", "/steps/4", (s) => delete s.steps[4].does],
  ["a step of nobody", "/steps/4", (s) => (s.steps[4] = { expect: { state: "draft" } })],
  ["a moment in words", "/steps/0/at", (s) => (s.steps[0].at = "tomorrow")],
  ["a refusal that there is not", "/steps/1/refused", (s) => (s.steps[1].refused = "forbidden")],
  ["an unknown check", "/steps/11/check", (s) => (s.steps[11].check = "name_check")],
  ["an answer that there is not", "/steps/11/answers", (s) => (s.steps[11].answers = "maybe")],
  ["an outcome that there is not", "/then/outcome", (s) => (s.then.outcome = "done")],
  ["a misspelt expectation", "/steps/0/expect", (s) => (s.steps[0].expect.holder = ["head"])],
];

for (const [what, where, breaks] of untold) {
  test(`a scenario is refused for ${what}`, () => {
    const copy = structuredClone(story);
    breaks(copy);
    const found = complaints("scenario", copy);
    assert.ok(
      found.some((each) => each.startsWith(`${where} `)),
      `nothing is said at ${where}: ${found.join("; ")}`,
    );
  });
}
