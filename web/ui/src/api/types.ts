// The shapes of the API, by the names that the contract gives them. Generated from /openapi.json.
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type Action = Schemas['Action'];
export type Change = Schemas['Change'];
export type Delegation = Schemas['Delegation'];
export type Evidence = Schemas['Evidence'];
export type EvidenceKind = Schemas['EvidenceKind'];
export type Explain = Schemas['Explain'];
export type Field = Schemas['Field'];
export type Finding = Schemas['Finding'];
export type FoundStudent = Schemas['FoundStudent'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type Holder = Schemas['Holder'];
export type HolderPost = Schemas['HolderPost'];
export type NameCharacters = Schemas['NameCharacters'];
export type Notification = Schemas['Notification'];
export type Office = Schemas['Office'];
export type NamedSchool = Schemas['NamedSchool'];
export type Demo = Schemas['Demo'];
export type Outcome = Schemas['Outcome'];
export type Post = Schemas['Post'];
export type Problem = Schemas['Problem'];
export type Proposal = Schemas['Proposal'];
export type Request = Schemas['Request'];
export type Row = Schemas['Row'];
export type Role = Schemas['Role'];
export type Step = Schemas['Step'];
export type State = Schemas['State'];
export type Student = Schemas['Student'];
export type StudentNumber = Schemas['StudentNumber'];
export type ShownValues = Schemas['ShownValues'];
export type Subject = Schemas['Subject'];
export type Submission = Schemas['Submission'];
export type Task = Schemas['Task'];
export type UndecidableTask = Schemas['UndecidableTask'];
export type Upload = Schemas['Upload'];
export type Workflow = Schemas['Workflow'];
export type WorkflowAction = Schemas['WorkflowAction'];

/** The query parameters of a GET, by its path. */
export type QueryOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } }
  ? NonNullable<Query>
  : never;

/** What a GET answers, by its path. */
export type AnswerOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } };
}
  ? Answer
  : never;

/** A page of a list; `count` is there where it was asked for, and stops at 1000. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
  count?: number;
}
