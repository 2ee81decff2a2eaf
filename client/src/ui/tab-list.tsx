import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './tab-list.module.css';

interface TabEntry<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly badge?: string;
  readonly panel: () => ReactNode;
}

/** Tabs of which only the open one is drawn. */
export function TabList<Value extends string>({
  label,
  value,
  tabs,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly TabEntry<Value>[];
  readonly onChange: (value: Value) => void;
}) {
  const open = tabs.find((tab) => tab.value === value) ?? tabs[0];
  if (!open) return null;
  return (
    <Tabs
      value={open.value}
      keepMounted={false}
      onChange={(next) => {
        const chosen = tabs.find((tab) => tab.value === next);
        if (chosen) onChange(chosen.value);
      }}
      classNames={{
        root: classes['root'] ?? '',
        list: classes['list'] ?? '',
        tab: classes['tab'] ?? '',
        panel: classes['panel'] ?? '',
      }}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
            {tab.badge ? <span className={classes['badge']}>{tab.badge}</span> : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>
          {tab.value === open.value ? tab.panel() : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
