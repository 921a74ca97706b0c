import type { FastifyInstance } from 'fastify'
import {
  keptRecordsRoute,
  openedRecordRoute,
  searchRoute,
  starRecordRoute,
  type SearchHit,
} from '#engine/search/contract.ts'
import { serve } from '#platform/http/serve.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecords, type Hit } from './find.ts'
import { listKept, rememberOpened, starRecord } from './kept.ts'
import { searchedKinds } from './record-kind.ts'

const usualLimit = 6

/** Searching, and what each person opened lately and starred. */
export function registerSearchRoutes(app: FastifyInstance): void {
  serve(app, searchRoute, async (ctx, { query: { q: query, object, limit = usualLimit } }) => {
    const wanted = searchedKinds(ctx.company.catalogue).filter(
      ({ shape }) => object === undefined || shape.key === object,
    )
    if (object !== undefined && wanted.length === 0) throw recordErrors.OBJECT_NOT_FOUND({ object })
    const groups = await findRecords(ctx, wanted, { query, limit })
    return { groups: groups.map((group) => ({ ...group, hits: group.hits.map(toView) })) }
  })
  serve(app, keptRecordsRoute, async (ctx) => {
    const { recent, starred } = await listKept(ctx, searchedKinds(ctx.company.catalogue))
    return { recent: recent.map(toView), starred: starred.map(toView) }
  })
  serve(app, openedRecordRoute, async (ctx, { body }) =>
    rememberOpened(ctx, searchedKinds(ctx.company.catalogue), body),
  )
  serve(app, starRecordRoute, async (ctx, { body }) =>
    starRecord(ctx, searchedKinds(ctx.company.catalogue), body, body.starred),
  )
}

function toView({ object, record, matched }: Hit): SearchHit {
  const { id, title, subtitle, ownerName, withinId } = record
  return {
    object,
    id,
    title,
    subtitle: subtitle || null,
    ownerName,
    withinId,
    matched: matched.map((one) => ({ ...one, ranges: one.ranges.map(([from, to]) => [from, to]) })),
  }
}
