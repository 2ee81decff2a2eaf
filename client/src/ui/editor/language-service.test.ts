import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Fields, QueryLanguage } from './language.ts';
import { languageService } from './language-service.ts';

const told = (language: QueryLanguage, text: string, fields: Fields): readonly string[] =>
  languageService(language, ECS_PROCESS, fields)
    .diagnose(text)
    .map(({ code, span }) => `${code} ${span ? text.slice(span.from, span.to) : ''}`.trim());

const QUERIES = {
  kql: 'destination.port > 1024 and my.zone : west',
  esql: 'FROM logs-* | WHERE destination.port > 1024 AND my.zone == "west"',
} as const;

test.each([
  ['kql', ['unknown-field destination.port', 'unknown-field my.zone']],
  ['esql', ['unknown-column destination.port', 'unknown-column my.zone']],
] as const)(
  '%s: a field that the events lack is a mistake where only theirs can be asked for',
  (language, problems) => {
    expect(told(language, QUERIES[language], 'stored')).toEqual(problems);
  },
);

test.each(['kql', 'esql'] as const)(
  '%s: where fields are read for the query, only a name that no schema has is told of',
  (language) => {
    expect(told(language, QUERIES[language], 'any')).toEqual(['guessed-field my.zone']);
  },
);

test.each(['kql', 'esql'] as const)('%s: an empty query, and one that ends too early', (language) => {
  expect(told(language, '', 'any')).toEqual([]);
  expect(told(language, `${QUERIES[language]} (`, 'any').some((problem) => problem.startsWith('syntax'))).toBe(true);
});
