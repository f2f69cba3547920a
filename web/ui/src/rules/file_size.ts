const megabyte = 1024 * 1024;

/** `36 KB`, `1.4 MB`, `10 MB` */
export function file_size(bytes: number): string {
  if (bytes < megabyte) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  const megabytes = bytes / megabyte;
  return `${Number.isInteger(megabytes) ? megabytes : megabytes.toFixed(1)} MB`;
}
