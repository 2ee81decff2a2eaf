import type { Browser, BrowserContext } from '@playwright/test';
import { Program } from './program.ts';

/** Where the pages of a test are. */
export interface Visit {
  readonly context: BrowserContext;
  /** Closes them; nothing that they kept is there for the next test. */
  readonly leave: () => Promise<void>;
}

/** A context for one test, made as its options say. */
export async function visitAlone(browser: Browser): Promise<Visit> {
  const context = await browser.newContext();
  return { context, leave: () => context.close() };
}

/**
 * What a worker keeps from test to test: the program of a file, until a test of the next file asks for its own, and a context
 * with a page of it that stays. Pages of one origin and context share a process: to start it for each test anew, and to read and
 * compile the console in it, took half of the time of most.
 */
export class Stage {
  private readonly browser: Browser;
  private label = '';
  private program: Program | undefined;
  private visited: Visit | undefined;

  constructor(browser: Browser) {
    this.browser = browser;
  }

  async programOf(label: string, options: { readonly demo: boolean }): Promise<Program> {
    if (label === '') throw new Error('A test file must name its program: test.use({ label })');
    if (this.program && this.label === label) return this.program;
    await this.clear();
    this.label = label;
    this.program = await Program.create(options);
    return this.program;
  }

  /** Tests of one file have the same options for contexts. */
  async visit({ url }: Program): Promise<Visit> {
    this.visited ??= await keepPage(this.browser, url);
    return this.visited;
  }

  async clear(): Promise<void> {
    await this.visited?.context.close();
    this.visited = undefined;
    await this.program?.remove();
    this.program = undefined;
  }
}

async function keepPage(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext();
  const kept = await context.newPage();
  await kept.goto(`${url}/favicon.svg`);
  const session = await context.newCDPSession(kept);
  const leave = async (): Promise<void> => {
    for (const page of context.pages()) if (page !== kept) await page.close();
    await context.clearPermissions();
    await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'local_storage,session_storage' });
  };
  return { context, leave };
}
