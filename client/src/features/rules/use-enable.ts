import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { updateRule } from '#shared/api/rules.ts';

/** Switches a rule on and off. */
export function useEnable({ slug, name }: { readonly slug: string; readonly name: string }) {
  const update = useChange(updateRule, ['rules']);
  const set = (enabled: boolean) => update.mutateAsync({ params: { slug }, body: { enabled } });
  const enable = (enabled: boolean): void => {
    const words = `“${visibleText(name)}” is switched ${enabled ? 'on' : 'off'}`;
    set(enabled).then(() => showUndo(words, () => set(!enabled)), showProblem);
  };
  return { enable, busy: update.isPending };
}
