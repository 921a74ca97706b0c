import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { attainmentSettingsShape, usualSettings, type AttainmentSettings } from '../attainment-settings.ts'

export interface KeptSettings {
  readonly settings: AttainmentSettings
  /** 0: nothing was ever set. */
  readonly version: number
}

/** How the company judges attainment. */
export async function attainmentSettings(tx: Tx, ctx: Ctx): Promise<KeptSettings> {
  const { rows } = await sql<{ settings: unknown; version: number }>`
    select settings, version from attainment_settings where company_id = ${ctx.company.id}`.execute(tx)
  const [row] = rows
  return row
    ? { settings: attainmentSettingsShape.parse(row.settings), version: row.version }
    : { settings: usualSettings, version: 0 }
}

/** Keeps the settings if nobody was faster; undefined: somebody was. */
export async function keepAttainmentSettings(
  { tx, ctx }: Step,
  settings: AttainmentSettings,
  version: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    insert into attainment_settings as s (company_id, version, settings, updated_by)
    select ${ctx.company.id}::uuid, 1, ${JSON.stringify(settings)}::jsonb, ${ctx.actor.personId}::uuid
    where ${version} = 0 or exists (select from attainment_settings where company_id = ${ctx.company.id})
    on conflict (company_id) do update set version = s.version + 1, settings = excluded.settings, updated_at = now(),
      updated_by = excluded.updated_by
      where s.version = ${version}
    returning version`.execute(tx)
  return rows[0]?.version
}
