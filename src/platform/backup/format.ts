import { z } from 'zod'

/** What a backup file says first about itself. */
export const formatName = 'terrace-backup'
/** Grows when a reader of before would misread the file. */
export const formatVersion = 1

export const headName = 'backup.json'
export const manifestName = 'manifest.json'
export const jobsName = 'jobs.jsonl'

export const headSchema = z.object({
  format: z.literal(formatName),
  formatVersion: z.number().int(),
  /** The version of Terrace that took it. */
  version: z.string(),
  takenAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), isCalled: z.boolean() })),
})
export type BackupHead = z.output<typeof headSchema>

/** One file of the archive as it must be found. */
export const memberSchema = z.object({
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  sha256: z.string(),
})
export type Member = z.output<typeof memberSchema>

export const indexSchema = z.object({ members: z.array(memberSchema) })

const fileOfCompany = z.object({ companyId: z.string(), name: z.string() })

export const manifestSchema = z.object({
  /** The lists of all other members, in their order. */
  indexes: z.array(memberSchema),
  /** Rows by table. */
  rows: z.record(z.string(), z.number()),
  contents: z.object({ count: z.number(), bytes: z.number() }),
  /** Files that were removed for good while the backup ran: their rows are left out when it is restored. */
  purged: z.array(z.object({ companyId: z.string(), id: z.string() })),
  /** Contents that should have been there and were not. */
  lost: z.array(fileOfCompany),
})
export type BackupManifest = z.output<typeof manifestSchema>

/** What a member of the archive holds, told by its name. */
export type MemberKind =
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'attached' | 'imported'; readonly companyId: string; readonly name: string }
  | { readonly kind: 'jobs' | 'other' }

export const indexNameOf = (place: number): string => `index/${padded(place)}.json`
export const tableMemberOf = (table: string, place: number): string => `tables/${table}/${padded(place)}.copy`
export const attachedMemberOf = (companyId: string, name: string): string => `attached/${companyId}/${name}`
export const importedMemberOf = (companyId: string, name: string): string => `imported/${companyId}/${name}`

export function kindOfMember(member: string): MemberKind {
  const [place, first, name, ...rest] = member.split('/')
  if (member === jobsName) return { kind: 'jobs' }
  if (first === undefined || name === undefined || rest.length > 0) return { kind: 'other' }
  if (place === 'tables') return { kind: 'table', table: first }
  if ((place === 'attached' || place === 'imported') && isCompany(first) && isContent(name)) {
    return { kind: place, companyId: first, name }
  }
  return { kind: 'other' }
}

const padded = (place: number) => String(place).padStart(6, '0')

// They become paths: nothing leads out of its folder.
const isCompany = (text: string) => /^[0-9a-f-]{36}$/.test(text)
const isContent = (text: string) => /^[0-9a-f-]{36}(-preview|-middle)?$/.test(text)
