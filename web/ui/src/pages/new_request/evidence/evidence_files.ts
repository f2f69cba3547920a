// The evidence of a form: each file is checked, uploaded once, and referred to by its hash.
import { reactive, ref, type Ref } from 'vue';
import { upload } from '@/api/client';
import { as_problem } from '@/api/problem';
import type { Evidence, EvidenceKind, Upload } from '@/api/types';
import { file_fault, type_fault } from '@/rules/evidence_file';
import type { Words } from '@/rules/field_check';

export interface EvidenceFile {
  id: number;
  kind: string;
  filename: string;
  size: number;
  mediaType: string;
  /** `refused`: can't be taken, and trying again won't help. `failed`: it may. */
  state: 'waiting' | 'uploading' | 'uploaded' | 'failed' | 'refused';
  /** Between 0 and 1. */
  progress: number;
  sha256?: string;
  /** Our own words on why it was refused, or the server's. */
  words?: Words;
  problem?: string;
  /** What the server says of one that it took, and that may not be readable. */
  warnings?: string[];
}

export interface EvidenceFiles {
  files: EvidenceFile[];
  of(kind: string): EvidenceFile[];
  add(kind: EvidenceKind, offered: readonly File[]): void;
  remove(file: EvidenceFile): void;
  retry(file: EvidenceFile): void;
  start_again(start: readonly Evidence[]): void;
  /** What a request refers to, in the order in which the files stand. */
  references(): { kind: string; sha256: string }[];
  uploading: Ref<boolean>;
}

const may_be_tried_again = (status: number, kind: string): boolean =>
  kind === 'unreachable' || status === 401 || status === 429 || status >= 500;

export function use_evidence_files(start: readonly Evidence[]): EvidenceFiles {
  let next_id = 0;
  const uploaded = ({ kind, filename, size, mediaType, sha256 }: Evidence): EvidenceFile => {
    return { id: next_id++, kind, filename, size, mediaType, sha256, state: 'uploaded', progress: 1 };
  };
  const files = reactive<EvidenceFile[]>(start.map(uploaded));
  const sources = new Map<number, { source: File; kind: EvidenceKind; stop: AbortController }>();
  const uploading = ref(false);

  const counted = (kind: string) => files.filter((file) => file.kind === kind && file.state !== 'refused').length;

  function take(file: EvidenceFile, kind: EvidenceKind, answer: Upload): void {
    file.words = type_fault(answer.mediaType, kind) ?? undefined;
    if (file.words) {
      file.state = 'refused';
      return;
    }
    const same = files.find((other) => other !== file && other.kind === file.kind && other.sha256 === answer.sha256);
    if (same) {
      file.state = 'refused';
      file.words = { key: 'file_fault.twice', values: { filename: same.filename } };
      return;
    }
    const { sha256, mediaType, size } = answer;
    const warnings = answer.warnings.map(({ message }) => message);
    Object.assign(file, { state: 'uploaded', sha256, mediaType, size, warnings });
  }

  async function send(file: EvidenceFile): Promise<void> {
    const kept = sources.get(file.id);
    if (!kept) return;
    Object.assign(file, { state: 'uploading', progress: 0, problem: undefined });
    try {
      const path = `/api/v1/evidence?filename=${encodeURIComponent(file.filename)}`;
      take(
        file,
        kept.kind,
        await upload<Upload>(path, kept.source, (share) => (file.progress = share), kept.stop.signal),
      );
    } catch (error) {
      const { kind, status, problem } = as_problem(error);
      file.state = may_be_tried_again(status, kind) ? 'failed' : 'refused';
      file.problem = problem.detail ?? problem.title;
      if (!file.problem) file.words = { key: 'file_fault.unreachable' };
    }
  }

  /** One after the other: a slow line is not split into many that crawl. */
  async function send_waiting(): Promise<void> {
    if (uploading.value) return;
    uploading.value = true;
    for (let file = first_waiting(); file; file = first_waiting()) await send(file);
    uploading.value = false;
  }
  const first_waiting = () => files.find((file) => file.state === 'waiting');

  return {
    files,
    uploading,
    of: (kind) => files.filter((file) => file.kind === kind),
    add(kind, offered) {
      for (const source of offered) {
        const words = file_fault(source, kind, counted(kind.kind)) ?? undefined;
        const id = next_id++;
        if (!words) sources.set(id, { source, kind, stop: new AbortController() });
        files.push({
          id,
          kind: kind.kind,
          filename: source.name,
          size: source.size,
          mediaType: source.type,
          state: words ? 'refused' : 'waiting',
          progress: 0,
          words,
        });
      }
      void send_waiting();
    },
    remove(file) {
      sources.get(file.id)?.stop.abort();
      sources.delete(file.id);
      const place = files.findIndex(({ id }) => id === file.id);
      if (place >= 0) files.splice(place, 1);
    },
    retry(file) {
      Object.assign(file, { state: 'waiting', words: undefined, problem: undefined });
      void send_waiting();
    },
    start_again(anew) {
      for (const { stop } of sources.values()) stop.abort();
      sources.clear();
      files.splice(0, files.length, ...anew.map(uploaded));
    },
    references: () =>
      files.flatMap(({ kind, sha256, state }) => (state === 'uploaded' && sha256 ? [{ kind, sha256 }] : [])),
  };
}
