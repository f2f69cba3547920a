// What the help tells, in this order; the words stand in the messages under `help.KEY`.

export interface HelpTopic {
  /** Also the anchor. */
  key: string;
  /** How many points the messages have: `help.KEY.1` and so on. */
  points: number;
}

export const help_sections: readonly HelpTopic[] = [
  { key: 'posts', points: 3 },
  { key: 'search', points: 4 },
  { key: 'signs', points: 0 },
  { key: 'filing', points: 4 },
  { key: 'transfer', points: 3 },
  { key: 'several', points: 3 },
  { key: 'evidence', points: 4 },
  { key: 'deciding', points: 6 },
  { key: 'times', points: 4 },
  { key: 'line', points: 3 },
  { key: 'names', points: 3 },
  { key: 'keys', points: 0 },
  { key: 'ask', points: 3 },
];
