/** Where the server shows a scan to those who may see it. */
export const evidence_address = (sha256: string): string => `/api/v1/evidence/${sha256}`;
