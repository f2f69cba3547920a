// A stand-in for a scan, for the demonstration: drawn in the browser, and never twice the same.

const width = 800;
const height = 1120;

/** A PNG with these lines of text on it. */
export function example_scan(title: string, lines: readonly string[], filename: string): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.fillStyle = '#f6f1e4';
    pen.fillRect(0, 0, width, height);
    pen.strokeStyle = '#8a6d3b';
    pen.lineWidth = 6;
    pen.strokeRect(40, 40, width - 80, height - 80);
    pen.fillStyle = '#3a2d18';
    pen.textAlign = 'center';
    pen.font = 'bold 56px sans-serif';
    pen.fillText(title, width / 2, 180);
    pen.font = '30px sans-serif';
    lines.forEach((line, place) => pen.fillText(line, width / 2, 300 + place * 64));
    pen.font = '18px monospace';
    pen.fillText(new Date().toISOString(), width / 2, height - 80);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(new File([blob], filename, { type: 'image/png' }));
      else reject(new Error('The browser draws no PNG.'));
    }, 'image/png'),
  );
}
