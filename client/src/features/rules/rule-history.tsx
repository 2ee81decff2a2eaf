import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Dialog } from '#client/ui/overlays.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showDone, showUndo } from '#client/ui/toast.tsx';
import { type ShownVersion, VersionHistory } from '#client/ui/version-history.tsx';
import { ruleVersions } from '#shared/api/rule-editing.ts';
import type { getRule } from '#shared/api/rules.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule } from '#shared/rule/rule-changes.ts';
import { RuleDiff } from './query-diff.tsx';
import { waitsWords } from './rule-words.ts';
import { useRevert } from './use-revert.ts';

type Answer = Pick<AnswerOf<typeof getRule>, 'rule' | 'original' | 'origin' | 'version'>;

const TITLE = 'Versions of the rule';

interface RuleHistoryProps {
  readonly answer: Answer;
  readonly onClose: () => void;
}

/** Every state of a rule, any two of them compared, and the way back. */
export function RuleHistory(props: RuleHistoryProps) {
  const { slug } = props.answer.rule;
  const query = useEndpoint(ruleVersions, { params: { slug } });
  if (query.data) return <Loaded versions={query.data.versions} {...props} />;
  return (
    <Dialog title={TITLE} open onClose={props.onClose} size="xl">
      <QueryView query={query} rows={6}>
        {() => null}
      </QueryView>
    </Dialog>
  );
}

function Loaded({
  versions,
  answer: { rule, original, origin, version },
  onClose,
}: RuleHistoryProps & Pick<AnswerOf<typeof ruleVersions>, 'versions'>) {
  const { slug } = rule;
  const { revert, takeBack } = useRevert(slug, version);
  const shown: readonly ShownVersion[] = [
    ...versions.map(({ version: number, ...made }) => ({ version: number, made })),
    // What was imported or duplicated is its first version.
    ...(origin === 'own' ? [] : [{ version: 0, made: null }]),
  ];
  const at = (wantedVersion: number): Rule =>
    changedRule(original, versions.find((one) => one.version === wantedVersion)?.changes ?? {});
  return (
    <VersionHistory
      title={TITLE}
      versions={shown}
      compare={(before, after) => <RuleDiff before={at(before)} after={at(after)} />}
      back={{
        ...revert,
        go: (to, reasons) =>
          revert.mutate(
            { params: { slug }, body: { to, version, ...reasons } },
            {
              onSuccess: ({ waitsFor }) => {
                if (waitsFor.length > 0) showDone(waitsWords(waitsFor));
                else showUndo(to === 0 ? 'Back to the shipped version' : `Back to version ${to}`, takeBack);
                onClose();
              },
            },
          ),
      }}
      onClose={onClose}
    />
  );
}
