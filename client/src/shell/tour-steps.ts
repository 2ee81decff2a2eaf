/** One thing to know about the console, and where it is. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What it points to; where that is not on the page, the card stands in the middle. */
  readonly at: string;
}

export const TOUR_STEPS: readonly TourStep[] = [
  {
    title: 'What you see',
    text: 'A made-up fleet of web servers. Each row is a command that one of them ran and that servers like it do not run.',
    at: 'main [role="grid"]',
  },
  {
    title: 'Make it smaller',
    text: 'Drag over the bars to see a stretch of time. Filter, group by command shape or host, and save what you look at as a view.',
    at: 'main [role="toolbar"][aria-label="Filters"]',
  },
  {
    title: 'Why it fired',
    text: 'Open a row with Enter: the reason in one sentence, the process tree, how rare the command is, and a guide of questions.',
    at: 'main [role="grid"] tbody tr',
  },
  {
    title: 'Hands on the keyboard',
    text: 'J and K move, X selects, B closes as benign, Ctrl Z takes back. “?” lists every key, and Ctrl K goes anywhere.',
    at: '[aria-label="Data and settings"] > :last-child',
  },
  {
    title: 'Your own events',
    text: 'Load a file here, or have events sent: any ECS process events, auditd, Sysmon, Falco and others.',
    at: 'nav a[href^="/data"]',
  },
];
