import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import { StartProblem } from '#platform/config/start-problem.ts'
import type { BackupHead } from './format.ts'
import { columnsInSql } from './tables.ts'

/** Takes the members of tables in their order; those of one table follow one another and are one COPY. */
export interface TableLoader {
  add(table: string, rows: AsyncIterable<Buffer>): Promise<void>
  /** Ends the table under way. Answers how many rows each table has got. */
  end(): Promise<ReadonlyMap<string, number>>
}

export function loadTables(client: pg.Client, { tables }: BackupHead): TableLoader {
  const known = new Map(tables.map((table) => [table.name, table]))
  const counts = new Map<string, number>()
  let current: { readonly name: string; readonly stream: CopyStreamQuery; readonly done: Promise<void> } | undefined

  const end = async () => {
    if (!current) return counts
    const { name, stream, done } = current
    current = undefined
    stream.end()
    await done
    counts.set(name, stream.rowCount)
    return counts
  }
  const begin = async (name: string) => {
    if (current?.name === name) return current
    await end()
    const table = known.get(name)
    if (!table || counts.has(name)) throw new StartProblem('BACKUP_ALTERED', { member: `tables/${name}` })
    const stream = client.query(copyFrom(`copy ${columnsInSql(client, table)} from stdin`))
    const done = finished(stream)
    done.catch(() => undefined)
    return (current = { name, stream, done })
  }
  return {
    end,
    add: async (name, rows) => {
      const { stream, done } = await begin(name)
      for await (const chunk of rows) {
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done])
      }
    },
  }
}
