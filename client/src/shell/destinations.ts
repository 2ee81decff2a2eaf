import type { IconType } from '#client/ui/button.tsx';
import {
  IconBellRinging,
  IconChartDots3,
  IconDatabase,
  IconListSearch,
  IconPlugConnected,
  IconShield,
  IconShieldOff,
} from '#client/ui/icons.ts';

export interface Destination {
  readonly to: '/alerts' | '/rarity' | '/events' | '/rules' | '/exceptions' | '/data' | '/sources';
  readonly label: string;
  readonly keys: string;
  readonly icon: IconType;
}

export const DESTINATIONS: readonly Destination[] = [
  { to: '/alerts', label: 'Alerts', keys: 'g a', icon: IconBellRinging },
  { to: '/rarity', label: 'Rarity', keys: 'g r', icon: IconChartDots3 },
  { to: '/events', label: 'Events', keys: 'g e', icon: IconListSearch },
  { to: '/rules', label: 'Rules', keys: 'g u', icon: IconShield },
  { to: '/exceptions', label: 'Exceptions', keys: 'g x', icon: IconShieldOff },
  { to: '/data', label: 'Data', keys: 'g d', icon: IconDatabase },
  { to: '/sources', label: 'Sources', keys: 'g s', icon: IconPlugConnected },
];
