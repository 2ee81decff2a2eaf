import type { Page } from '@playwright/test';
import { expect, RECORDED, test, upload } from './fixtures.ts';

test.use({ label: 'tuning' });
test.describe.configure({ mode: 'serial' });

const RULE = 'unusual-command-from-web-server-parent';
const COMMAND = 'sh -c echo aWQK | base64 -d | sh';

async function alertOf(page: Page, url: string): Promise<{ id: string }> {
  const { alerts } = await (await page.request.get(`${url}/api/alerts?rule=${RULE}&limit=100`)).json();
  return alerts.find(({ commandLine }: { commandLine: string }) => commandLine === COMMAND);
}

test('a threshold is set in the form: what it loses is red, and saving asks for a reason', async ({
  page,
  program,
}) => {
  await upload(page, RECORDED);
  const { id } = await alertOf(page, program.url);
  await page.request.post(`${program.url}/api/alerts/changes`, {
    data: { selection: { ids: [id] }, change: { status: 'closed', verdict: 'true-positive-impact' } },
  });
  await page.goto(`/rules/${RULE}/edit`);
  await page.getByLabel('cc < …').fill('1');
  const effect = page.getByRole('region', { name: 'Preview' });
  await expect(effect.getByText('It would lose 1 true positive')).toBeVisible();
  await expect(effect.getByText(/It breaks \d+ cases/)).toBeVisible();
  await effect.getByText(/^Removed: /).click();
  await expect(
    effect
      .getByRole('listitem')
      .filter({ hasText: COMMAND })
      .getByText(/cc < 1/),
  ).toBeVisible();
  await expect(page.getByText('| where agent_count == 1 and cc < 1').first()).toBeVisible();

  const form = page.getByRole('form', { name: 'Save the rule' });
  const save = form.getByRole('button', { name: 'Save all the same' });
  await expect(save).toBeDisabled();
  await form.getByRole('textbox', { name: 'Why it is changed' }).fill('Too loud');
  await form.getByRole('textbox', { name: /Why it may be saved/ }).fill('A rule of its own looks for web shells');
  await save.click();
  await expect(page.getByRole('heading', { name: 'Against the shipped version' })).toBeVisible();
  await page.getByRole('button', { name: 'Versions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Versions of the rule' });
  await dialog
    .getByRole('row', { name: /as shipped/ })
    .getByRole('button', { name: 'Go back to it' })
    .click();
  await dialog.getByRole('textbox', { name: 'Why it goes back to the shipped version' }).fill('It was the wrong knob');
  await dialog.getByRole('button', { name: 'Go back to the shipped version' }).click();
  await expect(page.getByRole('heading', { name: 'Against the shipped version' })).toBeHidden();

  await page.getByRole('button', { name: 'Versions' }).click();
  await expect(dialog.getByRole('row', { name: /Back to the shipped version. It was the wrong knob/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /Too loud/ })).toBeVisible();
  await dialog.getByRole('radio', { name: 'Compare to version 1' }).click();
  await dialog.getByRole('radio', { name: 'Compare from the shipped version' }).click();
  await expect(dialog.getByText('| where agent_count == 1 and cc < 1')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('an answer that later events contradict is out of date, until somebody says it holds', async ({
  page,
  program,
}) => {
  const { id } = await alertOf(page, program.url);
  await page.goto(`/alerts/${id}?tab=guide`);
  await page.getByRole('button', { name: 'Read the command' }).click();
  const step = page.getByRole('article', { name: 'Read the command' });
  await step.getByRole('button', { name: 'Unknown', exact: true }).click();
  await expect(page.getByText('1 of 18 steps answered')).toBeVisible();

  const { events } = await (await page.request.get(`${program.url}/api/alerts/${id}/events`)).json();
  const { document } = await (await page.request.get(`${program.url}/api/events/${events[0].id}`)).json();
  const event = JSON.parse(document);
  const later = new Date(Date.parse(event['@timestamp']) + 1000).toISOString();
  const again = { ...event, '@timestamp': later, event: { ...event.event, id: 'seen-later' } };
  const file = {
    name: 'later.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(`${JSON.stringify(again)}\n`),
  };
  await page.goto('/data');
  await page.setInputFiles('input[type=file]', file);
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: 'later.ndjson' })
      .filter({ hasText: /raised/ }),
  ).toBeVisible();

  // The queue says so by itself: the guide is not opened.
  await page.goto('/alerts');
  await page.getByRole('button', { name: '1 Findings out of date' }).click({ timeout: 30_000 });
  const row = page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1);
  await expect(row.getByText('1 out of date')).toBeAttached();
  await row.dblclick();
  await expect(page.getByText('Later data contradicts 1 finding')).toBeVisible();
  await expect(page.getByText(/Read the command: .*the query had \d+ rows?, and has \d+ rows now/)).toBeVisible();
  const markdown = await page.request.get(`${program.url}/api/report?format=markdown&id=${id}`);
  expect(await markdown.text()).toMatch(/Later data contradicts one of these answers[\s\S]*out of date.*the query had/);
  await page.getByRole('button', { name: 'Open the guide' }).click();
  await expect(page.getByText('1 of 18 steps answered, 1 out of date')).toBeVisible();
  await page.getByRole('button', { name: 'Read the command' }).click();
  await expect(step.getByText(/The query had \d+ rows?, and has \d+ rows now/)).toBeVisible();
  await step.getByRole('button', { name: 'It still holds' }).click();
  await expect(page.getByText('1 of 18 steps answered', { exact: true })).toBeVisible();
});

test('a lead changes a guide, tries it on an alert, and puts it back', async ({ page, program }) => {
  await page.goto(`/rules/${RULE}/guide`);
  const steps = page.getByRole('navigation', { name: 'Steps of the guide' });
  const first = steps.getByRole('button', { name: /Read the command/ });
  await first.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(steps.getByRole('listitem').nth(1)).toContainText('Read the command');
  await steps.getByRole('listitem').nth(1).dragTo(steps.getByRole('listitem').nth(0));
  await expect(steps.getByRole('listitem').nth(0)).toContainText('Read the command');

  await steps.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Ask the owner');
  await page.getByRole('textbox', { name: 'Question or task' }).fill('Does the **owner** know it?');
  await page.getByRole('textbox', { name: 'Fields shown' }).fill('process.nme');
  await expect(page.getByText('The events have no field process.nme.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Fields shown' }).fill('process.command_line');
  await page.getByRole('button', { name: 'Add a command' }).click();
  await page.getByRole('textbox', { name: 'What command 1 does' }).fill('Look at it');
  const command = page.getByRole('textbox', { name: 'Command 1', exact: true });
  await command.fill('grep -F -- "{{process.command_line}}" notes');
  await expect(page.getByText(/brings its own quotation marks/)).toBeVisible();
  await command.fill('grep -F -- {{process.command_line}} notes');
  const preview = page.getByRole('article', { name: 'Preview of the step' });
  await expect(preview.getByText('owner', { exact: true })).toBeVisible();
  await expect(preview.getByText(/^grep -F -- '/)).toBeVisible();
  await expect(page.getByText(/# Ask the owner/)).toBeVisible();

  const form = page.getByRole('form', { name: 'Save the guide' });
  await form.getByRole('textbox', { name: 'Why it is changed' }).fill('We always ask');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved: new alerts follow it')).toBeVisible();

  // The alert of the test before has an answer: it keeps its guide, and says so.
  const { id } = await alertOf(page, program.url);
  await page.goto(`/alerts/${id}?tab=guide`);
  await expect(page.getByText('The guide has changed since this alert was first answered')).toBeVisible();
  await expect(page.getByRole('button', { name: /Ask the owner/ })).toBeHidden();
  await page.getByRole('button', { name: 'Go over to it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Go over' }).click();
  await expect(page.getByRole('button', { name: /Ask the owner/ })).toBeVisible();

  await page.goto(`/rules/${RULE}/guide`);
  await page.getByRole('button', { name: 'Versions' }).click();
  const history = page.getByRole('dialog', { name: 'Versions of the guide' });
  await expect(history.getByText(/We always ask/)).toBeVisible();
  await history.getByRole('button', { name: 'Go back to it' }).click();
  await history.getByRole('textbox', { name: /^Why it goes back/ }).fill('Nobody answered');
  await history.getByRole('button', { name: 'Go back to the shipped version' }).click();
  await expect(page.getByText('Back to the shipped guide')).toBeVisible();
  await expect(page.getByText('No difference.')).toBeVisible();
});
