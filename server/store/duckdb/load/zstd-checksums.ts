import { openDatabase } from '../connection.ts';
import { quoteText } from '../sql/identifier.ts';
import { BrokenZstd } from './unzstd.ts';

/**
 * Compares the checksums of a zstd file with what it holds, where it has any; throws `BrokenZstd`. `unzstd` does not. The engine's own
 * reader does, and takes a file that ends early for a whole one, which `unzstd` does not: neither is enough alone. What the
 * lines are does not matter here, so that it may leave out any.
 */
export async function compareChecksums(path: string, signal: AbortSignal | undefined): Promise<void> {
  const database = await openDatabase({ path: ':memory:', memoryLimit: '512MB' });
  const session = await database.session();
  try {
    await session.run(
      `SELECT count(*) FROM read_csv(${quoteText(path)}, columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '',
        comment = '', header = false, auto_detect = false, compression = 'zstd', ignore_errors = true)`,
      [],
      { signal },
    );
  } catch (error) {
    if (error instanceof Error && error.message.includes('checksum')) throw new BrokenZstd('its checksum is another');
    if (signal?.aborted) throw error;
  } finally {
    session.close();
    database.close();
  }
}
