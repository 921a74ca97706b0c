import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#base/errors.ts'
import { requestErrors } from './request-errors.ts'

/** A record with the number that grows with every change. */
interface Versioned {
  readonly version: number
}

/**
 * The tag of a record: its version, by which a change may be bound to what was seen, and what else is shown with it,
 * such as the names of other records.
 */
export function tagOfRecord(row: Versioned): string {
  return `"${row.version}.${digest(JSON.stringify(row))}"`
}

/** The tag of any other answer: of its text, whatever way it is packed for the journey. */
export function tagOfText(text: string): string {
  return `W/"${digest(text)}"`
}

const digest = (text: string) => createHash('sha1').update(text).digest('base64url').slice(0, 16)

/** Whether the caller holds what would be sent. */
export function isHeld({ headers }: FastifyRequest, tag: string): boolean {
  const asked = headers['if-none-match']
  if (asked === undefined) return false
  return asked.trim() === '*' || tagsIn(asked).some((one) => weak(one) === weak(tag))
}

/** Sends a record with its tag. */
export function withTag<Row extends Versioned>(reply: FastifyReply, row: Row): Row {
  reply.header('etag', tagOfRecord(row))
  return row
}

/**
 * Acts on the version that `If-Match` names, if there is such a header; then a record that changed meanwhile is a failed
 * precondition (412), whose details hold the newer one.
 */
export async function ifMatch<T>(
  { headers }: FastifyRequest,
  act: (version: number | undefined) => Promise<T>,
): Promise<T> {
  const asked = headers['if-match']
  if (asked === undefined || asked.trim() === '*') return act(undefined)
  const versions = tagsIn(asked).flatMap((tag) => versionIn(tag) ?? [])
  const [version] = versions
  if (version === undefined) throw failed()
  try {
    return await act(version)
  } catch (error) {
    if (error instanceof AppError && error.code === 'RECORD_CHANGED') throw failed(error.details)
    throw error
  }
}

const failed = (details?: unknown) =>
  requestErrors.PRECONDITION_FAILED({}, [{ field: 'If-Match', code: 'changed', label: changed }], details)

const changed = { zh: '已有更新的版本', en: 'There is a newer version' }

const tagsIn = (text: string): readonly string[] => text.match(/(?:W\/)?"[^"]*"/g) ?? []
const weak = (tag: string): string => tag.replace(/^W\//, '')

/** Weak tags never match where something is about to change. */
function versionIn(tag: string): number | undefined {
  const found = /^"(\d{1,9})(?:\.[\w-]*)?"$/.exec(tag)?.[1]
  return found === undefined ? undefined : Number(found)
}
