// The package types its barrel only, and the barrel is 6,000 modules: icons are imported one by one.
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  import type { Icon } from '@tabler/icons-react';

  const icon: Icon;
  export default icon;
}
