/** Offers a text that the page has made as a file. */
export function downloadText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MILLISECONDS);
}

const DOWNLOAD_MILLISECONDS = 60_000;
