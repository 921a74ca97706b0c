import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { access, figure, periodShape } from './contract-shapes.ts'

const errorShape = z.object({
  /** (Said − closed) ÷ closed over all periods; null where nothing closed. */
  bias: z.number().nullable(),
  /** Mean of |said − closed| ÷ closed over periods in which something closed. */
  mape: z.number().nullable(),
  /** Periods that are over and for which something had been said by then. */
  cases: z.number(),
  /** Of these the ones in which nothing closed. */
  withoutResult: z.number(),
})
/** At the beginning of a period, and so many days before its end. */
export const markKeys = ['begin', 't90', 't30', 't7'] as const
export type MarkKey = (typeof markKeys)[number]
const markOf = z.object({ commit: errorShape, bestCase: errorShape })

/** What stood at a mark, as landings: closed when it was said + commit, and + best case. */
const wordOf = z.object({ entry: z.string(), at: z.string(), commit: figure, bestCase: figure }).nullable()

export const accuracyRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/accuracy',
  summary: { zh: '每个提交人的准确度', en: 'How accurate each submitter was' },
  access,
  query: z.object({ periods: z.coerce.number().int().min(1).max(24).default(8) }),
  reply: z.object({
    submitters: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        /** Whose number it was: the own one, or a unit's or somebody else's that was overridden. */
        subject: z.string(),
        isOwn: z.boolean(),
        marks: z.object({ begin: markOf, t90: markOf, t30: markOf, t7: markOf }),
        /** Every period in which something was said, as it was kept, beside what closed; the oldest first. */
        periods: z.array(
          z.object({
            period: periodShape,
            closed: figure,
            /** The newest entry of the period: what closed is opened by it. */
            entry: z.string(),
            words: z.object({ begin: wordOf, t90: wordOf, t30: wordOf, t7: wordOf }),
          }),
        ),
      }),
    ),
  }),
})
