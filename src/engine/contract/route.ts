import type { z } from 'zod'
import type { Label } from '#base/label.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** Who may call: anybody, any signed-in person, or people whose role holds the permission. */
export type Access = 'public' | 'signed-in' | { readonly permission: string }

/**
 * One route of the API: the server parses by it, the web client is typed by it, OpenAPI is printed from it.
 * Paths look like `/api/v1/plans/:planId`.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method
  readonly path: string
  readonly summary: Label
  readonly access: Access
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Absent: the route answers nothing, or a file. */
  readonly reply?: Reply
  /** Media types of the files that it answers, in the caller's choice, instead of JSON or besides. */
  readonly files?: readonly string[]
  /** It takes a form with one file, in a part named `file`. */
  readonly takesFile?: true
  /** It changes nothing, though it is a POST: what it asks does not fit into an address. It may be read from a replica. */
  readonly reads?: true
  /** It is about one record with an ETag, to which `If-Match` binds a change. */
  readonly tagged?: true
  /** Any API key may call it, whatever its scopes: what is done there is held against them one by one. */
  readonly forAnyKey?: true
  /** It decides who comes in, or what they may: done by people, never by a program with a key. */
  readonly byPeopleOnly?: true
  /** Its address holds a secret, and stays out of the log. */
  readonly hidesAddress?: true
  /** Its answer holds a secret that is shown this once: it is kept nowhere, also not to be given again. */
  readonly showsSecret?: true
  /** The most bytes of its body; 2 MB unless told. */
  readonly mostBytes?: number
  /** The status of its success where it is not the usual one: something was made (201) or begun (202). */
  readonly success?: 201 | 202
}

/** The formats of every table that leaves as a file. */
export const tableFiles = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const

/** Whether calling it may change something. */
export function changes({ method, reads }: Pick<Route, 'method' | 'reads'>): boolean {
  return method !== 'GET' && reads !== true
}

/** Changes of what lets people in, and of what they may: password, second factor, sessions, keys, roles. No program does that. */
export function isForPeopleOnly(route: Pick<Route, 'method' | 'reads' | 'path' | 'byPeopleOnly'>): boolean {
  if (route.byPeopleOnly) return true
  return changes(route) && /^\/api\/v1\/(auth|me|keys|calendar)(\/|$)/.test(route.path)
}

/** The status of the route's success: 204 where it answers nothing. */
export function successOf({ success, reply, files }: Route): number {
  return success ?? (reply || files ? 200 : 204)
}

/** Identity, for the types: keeps the literal schemas of a route. */
export function defineRoute<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodUndefined,
>(route: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return route
}
