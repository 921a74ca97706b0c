import type { FastifyInstance } from 'fastify'
import { inWords } from '#base/label.ts'
import { isInBase } from '#engine/formula/currency.ts'
import { fieldOf, valueTypeOf } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordAction } from '#engine/model/object-type.ts'
import { recordActions } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { ifMatch, withTag } from '#platform/http/etag.ts'
import { serve } from '#platform/http/serve.ts'
import { findDuplicates } from '#platform/duplicates/index.ts'
import { comparedFields } from '#engine/duplicates/ways.ts'
import { nobodys, type DuplicateFault } from '#platform/duplicates/tell.ts'
import { beforeDeleting } from '#platform/records/children.ts'
import { historyOf } from '#platform/records/history.ts'
import { getRecord, queryRecords } from '#platform/records/read.ts'
import { behaviourOf } from '#platform/records/registry.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { restoreRecord } from '#platform/records/restore.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { may } from '#platform/records/scope.ts'
import { totalsOf } from '#platform/records/totals.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { readCounts } from '../counts-text.ts'
import { filterRoutes, objectsRoutes as routes } from '../contract.ts'
import { registerBinRoutes } from './bin-routes.ts'
import { registerTraceRoutes } from './trace-routes.ts'
import { completeFilter, filterOfText, readAnyFilter } from './read-filters.ts'

/** The one API of all business records. */
export function registerObjectsRoutes(app: FastifyInstance): void {
  serve(app, routes.list, async (ctx) => ({
    objects: ctx.company.catalogue.all().map((object) => describe(ctx, object)),
  }))
  serve(app, routes.query, async (ctx, { params, body }) =>
    queryRecords(ctx, params.object, await withText(ctx, params.object, body)),
  )
  serve(app, routes.totals, async (ctx, { params, body }) =>
    totalsOf(ctx, params.object, await withText(ctx, params.object, body)),
  )
  serve(app, routes.page, async (ctx, { params, query }) =>
    queryRecords(ctx, params.object, await withText(ctx, params.object, query)),
  )
  serve(app, routes.get, async (ctx, { params, reply }) =>
    withTag(reply, await getRecord(ctx, params.object, params.id)),
  )
  serve(app, routes.create, async (ctx, { params, body, reply }) =>
    withTag(reply, await createRecord(ctx, params.object, body.values, body)),
  )
  serve(app, routes.update, async (ctx, { params, body, request, reply }) =>
    ifMatch(request, async (version = body.version) =>
      withTag(reply, await updateRecord(ctx, params.object, params.id, { ...body, version })),
    ),
  )
  serve(app, routes.duplicates, async (ctx, { params, body }) => ({
    suspicions: (await findDuplicates(ctx, params.object, body)).map((found) => shownSuspicion(ctx, found)),
  }))
  serve(app, routes.remove, async (ctx, { params, query, request }) =>
    ifMatch(request, (version = query.version) =>
      removeRecord(ctx, params.object, params.id, {
        version,
        withChildren: query.children !== undefined,
        confirmed: query.confirmed === undefined ? new Map() : readCounts(query.confirmed),
      }),
    ),
  )
  serve(app, routes.children, async (ctx, { params }) => beforeDeleting(ctx, params.object, params.id))
  serve(app, routes.restore, async (ctx, { params }) => restoreRecord(ctx, params.object, params.id))
  serve(app, filterRoutes.read, async (ctx, { body }) => readAnyFilter(ctx, body.object, body))
  serve(app, filterRoutes.complete, async (ctx, { body }) => completeFilter(ctx, body.object, body.text, body.cursor))
  serve(app, routes.history, async (ctx, { params }) => {
    const { entries, hasMore } = await historyOf(ctx, params.object, params.id)
    return { entries: [...entries], hasMore }
  })
  registerBinRoutes(app)
  registerTraceRoutes(app)
}

function shownSuspicion(ctx: Ctx, { field, code, label, params, suspect }: DuplicateFault) {
  return { field, code, message: inWords(label, ctx.language, params), suspect: suspect ?? nobodys }
}

interface Asked {
  readonly filter?: Filter | undefined
  readonly text?: string | undefined
}

/** The same question with its text read: both filters must be met. */
async function withText<Question extends Asked>(ctx: Ctx, object: string, { text, ...question }: Question) {
  return text === undefined
    ? question
    : { ...question, filter: all(question.filter, await filterOfText(ctx, object, text)) }
}

/** An object as screens need it: no table names, and what this person may do with it. */
function describe(ctx: Ctx, object: ObjectType) {
  const {
    table: _table,
    rights: _rights,
    rules: _rules,
    duplicates = [],
    layouts,
    fields,
    defaultSort,
    ...shown
  } = object
  const { settled } = behaviourOf(object.key)
  const can = Object.fromEntries(recordActions.map((action) => [action, may(ctx, object, action)]))
  return {
    ...shown,
    compared: comparedFields(duplicates),
    ...(settled ? { settled } : {}),
    defaultSort: defaultSort.map((key) => ({ ...key })),
    ...(layouts
      ? {
          layouts: layouts.map(({ recordType, sections }) => ({
            recordType,
            sections: sections.map((section) => ({ ...section, fields: [...section.fields] })),
          })),
        }
      : {}),
    fields: fields.map((field) => ({ ...describeField(field), ...inBaseOf(ctx, field, object) })),
    can: can as Record<RecordAction, boolean>,
  }
}

/** Said only where the record has a currency of its own, in which its other amounts are. */
function inBaseOf({ company }: Ctx, field: Field, object: ObjectType): { readonly inBase?: true } {
  const isAmount = valueTypeOf(field) === 'money' && fieldOf(object, 'currency') !== undefined
  return isAmount && isInBase(field, object, company.catalogue) ? { inBase: true } : {}
}

function describeField({ choices, aliases: _aliases, formula, rollup, custom, numbering: _form, ...field }: Field) {
  const result = formula?.result ?? rollup?.result
  return {
    ...field,
    ...(choices ? { choices: choices.map(({ aliases: _known, ...choice }) => choice) } : {}),
    ...(custom ? { custom: true } : {}),
    ...(result ? { result } : {}),
    ...(rollup ? { rollup: { ...rollup } } : {}),
  }
}
