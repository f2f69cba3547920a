/** Puts a text into the clipboard; also on an intranet without TLS, where browsers offer no `navigator.clipboard`. */
export async function copy_text(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const holder = document.createElement('textarea');
  holder.value = text;
  holder.className = 'unseen';
  document.body.append(holder);
  holder.select();
  const done = document.execCommand('copy');
  holder.remove();
  return done;
}
