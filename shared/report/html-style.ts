/** How a report looks, on a screen in either scheme and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --dim: #565d66; --line: #d5d9de; --soft: #f3f4f6; --page: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --dim: #a3abb5; --line: #3a4048; --soft: #22262b; --page: #16181b; }
}
body { margin: 0; color: var(--text); background: var(--page); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; }
h2 { margin: 36px 0 8px; padding-top: 12px; border-top: 2px solid var(--line); font-size: 18px; }
h3 { margin: 22px 0 6px; font-size: 14px; }
p { margin: 6px 0; }
code, pre { font: 12px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; unicode-bidi: isolate; direction: ltr; }
code { padding: 1px 4px; background: var(--soft); border-radius: 3px; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { margin: 6px 0; padding: 10px 12px; overflow: auto; background: var(--soft); border: 1px solid var(--line); border-radius: 4px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; margin: 8px 0; border-collapse: collapse; }
th, td { padding: 4px 10px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
time { white-space: nowrap; }
th { color: var(--dim); font-weight: 600; }
td:first-child { white-space: nowrap; }
hr { margin: 36px 0 12px; border: 0; border-top: 2px solid var(--line); }
@media print {
  :root { color-scheme: light; --text: #000; --dim: #444; --line: #bbb; --soft: #f4f4f4; --page: #fff; }
  @page { margin: 16mm 14mm; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  code, pre { font-size: 8.5pt; }
  pre { overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; }
  h1, h2, h3 { break-after: avoid; }
  tr, dt, dd, li { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
