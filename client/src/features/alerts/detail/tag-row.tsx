import { useState } from 'react';
import { Tag } from '#client/ui/marks.tsx';
import { TextButton } from '#client/ui/text-button.tsx';

/** More would push away what the alert is about. */
const MOST = 6;

/** The words on an alert; of many the first, the rest when asked for. */
export function TagRow({ tags }: { readonly tags: readonly string[] }) {
  const [all, setAll] = useState(false);
  const shown = all || tags.length <= MOST + 1 ? tags : tags.slice(0, MOST);
  return (
    <>
      {shown.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {tags.length > MOST + 1 ? (
        <TextButton expanded={all} onClick={() => setAll(!all)}>
          {all ? 'fewer tags' : `${tags.length - MOST} more tags`}
        </TextButton>
      ) : null}
    </>
  );
}
