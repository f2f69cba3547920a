/** Of those, what is of a kind that the business does not take: an older version did. */
export function foreign_evidence<File extends { kind: string }>(
  files: readonly File[],
  taken: readonly { kind: string }[],
): File[] {
  return files.filter((file) => !taken.some(({ kind }) => kind === file.kind));
}
