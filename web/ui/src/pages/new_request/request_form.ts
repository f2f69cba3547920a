// What somebody is filling in: values, evidence, what is wrong with them, and whether leaving would lose something.
import { computed, reactive, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { ApiProblem } from '@/api/problem';
import type { Evidence, Workflow } from '@/api/types';
import { field_fault, type FieldFault } from '@/rules/field_check';
import { foreign_evidence } from '@/rules/foreign_evidence';
import { has_errors, no_errors, place_errors, type FormErrors } from '@/rules/form_errors';
import { known_values, sent_fields, type FormValues, type SentValues } from '@/rules/form_values';
import { use_name_characters } from './names';
import { use_evidence_files, type EvidenceFile, type EvidenceFiles } from './evidence/evidence_files';

export type Obstacle = 'faults' | 'missing' | 'foreign' | 'files' | 'uploading';

export interface FormContent {
  fields: SentValues;
  evidence: { kind: string; sha256: string }[];
}

export interface RequestForm {
  values: FormValues;
  evidence: EvidenceFiles;
  errors: Ref<FormErrors>;
  /** A refusal that is about no part of the form: another business is open, the window is closed. */
  problem: Ref<ApiProblem | null>;
  content(): FormContent;
  /** The fault to show at a field now. */
  fault(key: string): FieldFault | null;
  left(key: string): void;
  put(key: string, value: string): void;
  /** Marks all that is missing; whether nothing is left to do. With `draft`, what is missing may come later. */
  ready(draft: boolean): boolean;
  /** What still stands in the way of what was last tried. */
  obstacle: ComputedRef<Obstacle | null>;
  /** Puts a refusal where it belongs. */
  refused(problem: ApiProblem): void;
  fill(values: Readonly<SentValues>): void;
  /** Throws away what stands here and begins from what is saved. */
  start_again(start: FormStart): void;
  /** What stands here is saved. */
  saved(): void;
  unsaved: ComputedRef<boolean>;
  /** Evidence of which there is too little, once somebody tried to submit. */
  missing: ComputedRef<Set<string>>;
  /** Files of a kind that the business does not take any more. */
  foreign: ComputedRef<EvidenceFile[]>;
}

export interface FormStart {
  fields: Readonly<SentValues>;
  evidence: readonly Evidence[];
}

export function use_request_form(workflow: () => Workflow, start: FormStart): RequestForm {
  const values = reactive(known_values(workflow().fields, start.fields));
  const names = use_name_characters();
  const evidence = use_evidence_files(start.evidence);
  const errors = shallowRef<FormErrors>(no_errors());
  const problem = shallowRef<ApiProblem | null>(null);
  const touched = reactive(new Set<string>());
  /** What somebody last tried to do: from then on everything is marked that stands in the way of it. */
  const asked = ref<'draft' | 'submit' | null>(null);
  const tried = computed(() => asked.value === 'submit');

  const content = (): FormContent => ({
    fields: sent_fields(workflow().fields, values),
    evidence: evidence.references(),
  });
  const kept = ref(JSON.stringify(content()));
  const field_of = (key: string) => workflow().fields.find((field) => field.key === key);
  const found_fault = (key: string) => {
    const field = field_of(key);
    return field ? field_fault(field, values[key] ?? '', names.value) : null;
  };
  const missing = computed(() => {
    const short = workflow().evidence.filter(
      (kind) => tried.value && kind.required && evidence.of(kind.kind).filter((file) => file.sha256).length < kind.min,
    );
    return new Set(short.map(({ kind }) => kind));
  });
  const foreign = computed(() => foreign_evidence(evidence.files, workflow().evidence));
  const obstacle = computed<Obstacle | null>(() => {
    if (asked.value === null) return null;
    const faults = workflow().fields.map(({ key }) => found_fault(key));
    if (faults.some((fault) => fault && (tried.value || fault.key !== 'fault.empty'))) return 'faults';
    if (evidence.uploading.value) return 'uploading';
    if (evidence.files.some(({ state }) => state === 'failed' || state === 'refused')) return 'files';
    if (foreign.value.length > 0) return 'foreign';
    return missing.value.size > 0 ? 'missing' : null;
  });
  watch(
    () => JSON.stringify(evidence.references()),
    () => (errors.value = { ...errors.value, evidence: [], files: {} }),
  );

  return {
    values,
    evidence,
    errors,
    problem,
    missing,
    foreign,
    obstacle,
    content,
    fault(key) {
      const fault = found_fault(key);
      if (!fault || (fault.passing && !touched.has(key) && !tried.value)) return null;
      return fault.key === 'fault.empty' && !tried.value ? null : fault;
    },
    left: (key) => touched.add(key),
    put(key, value) {
      values[key] = value;
      const others = (of: Record<string, string>) =>
        Object.fromEntries(Object.entries(of).filter(([each]) => each.split('/')[0] !== key));
      const { fields, cells } = errors.value;
      errors.value = { ...errors.value, fields: others(fields), cells: others(cells), form: [] };
    },
    ready(draft) {
      errors.value = no_errors();
      problem.value = null;
      asked.value = draft ? 'draft' : 'submit';
      for (const { key } of workflow().fields) if (found_fault(key)) touched.add(key);
      return obstacle.value === null;
    },
    refused(refusal) {
      const placed = place_errors(refusal.problem.errors ?? []);
      errors.value = placed;
      // A session that ended is asked for over the page; nothing stands here.
      problem.value = has_errors(placed) || refusal.status === 401 ? null : refusal;
    },
    fill: (given) => void Object.assign(values, known_values(workflow().fields, given)),
    start_again(anew) {
      Object.assign(values, known_values(workflow().fields, anew.fields));
      evidence.start_again(anew.evidence);
      errors.value = no_errors();
      problem.value = null;
      kept.value = JSON.stringify(content());
    },
    saved: () => void (kept.value = JSON.stringify(content())),
    unsaved: computed(() => kept.value !== JSON.stringify(content()) || evidence.uploading.value),
  };
}
