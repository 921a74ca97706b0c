import { z } from 'zod'

const share = z.number().min(0).max(10)

/** How a company judges attainment; every part has a usual value, so that a company that set nothing has all of it. */
export const attainmentSettingsShape = z.strictObject({
  /** Least part of what should be reached by now for each light; below `behind` is far behind. */
  lights: z
    .strictObject({ ahead: share.default(1.05), onPace: share.default(0.95), behind: share.default(0.8) })
    .prefault({})
    .refine(({ ahead, onPace, behind }) => ahead >= onPace && onPace >= behind, { error: 'lights out of order' }),
  /** Attainment of metrics where lower is better is kept between these, from 0 up unless told; null: as it comes. */
  clamp: z
    .strictObject({ least: z.number().min(-10).max(1), most: z.number().min(1).max(10) })
    .nullable()
    .default({ least: 0, most: 10 }),
  /** Days after its end on which a period is closed by itself; null: by hand alone. */
  closeAfterDays: z.number().int().min(0).max(90).nullable().default(10),
  /** Metrics that are kept night by night besides those with a plan. */
  keptMetrics: z.array(z.string().min(1).max(60)).max(30).default([]),
  alerts: z
    .strictObject({
      isOn: z.boolean().default(true),
      /** A node is behind when its pace is below minus this share of the target, e.g. 0.1 for ten points. */
      margin: z.number().min(0).max(1).default(0.1),
      /** It has recovered when its pace is above minus this share. */
      recovery: z.number().min(0).max(1).default(0.05),
      /** Nothing is told in so many first working days of a period. */
      quietWorkdays: z.number().int().min(0).max(60).default(5),
      kinds: z.array(z.enum(['year', 'quarter', 'month'])).default(['quarter', 'year']),
    })
    .prefault({})
    .refine(({ margin, recovery }) => recovery < margin, { error: 'recovery lies below the margin' }),
})
export type AttainmentSettings = z.infer<typeof attainmentSettingsShape>

export const usualSettings: AttainmentSettings = attainmentSettingsShape.parse({})
