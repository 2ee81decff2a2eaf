// Runs before the first paint, so that a dark console never flashes white. The key is Mantine's own.
(() => {
  let kept = 'auto';
  try {
    kept = localStorage.getItem('oddspawn-color-scheme') ?? 'auto';
  } catch {
    // Storage may be switched off: then the system's scheme decides.
    kept = 'auto';
  }
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
