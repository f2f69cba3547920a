// Every message file of this language; each holds one namespace, named like the file.
const files = import.meta.glob<Record<string, unknown>>('./*.json', { eager: true, import: 'default' });

export const messages: Record<string, unknown> = Object.assign({}, ...Object.values(files));
