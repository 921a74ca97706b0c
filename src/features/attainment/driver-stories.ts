/** What a figure is made of, as people steer it; `toCome` is asked for later days, `rest` is what no driver explains. */
export const drivers = [
  'deals',
  'work',
  'cycle',
  'rate',
  'size',
  'customers',
  'perCustomer',
  'newShare',
  'sales',
  'collected',
  'costed',
  'margin',
  'pipeline',
  'chance',
  'toCome',
  'rest',
] as const
export type Driver = (typeof drivers)[number]

/** How a driver is written. */
export type DriverUnit = 'money' | 'count' | 'percent' | 'days'

/** One link of the chain that ends with the metric itself. */
export interface Link {
  /** The driver that it makes: the first link itself, then what each link is of the one before. */
  readonly driver: Exclude<Driver, 'work' | 'cycle' | 'toCome' | 'rest'>
  readonly unit: DriverUnit
  /** The metric that brings the link, by its numerator unless told. */
  readonly metric: string
  readonly side?: 'denominator'
  /** The metric whose records stand behind the driver, where that is another. */
  readonly records?: string
  /** The metric whose figure is the link itself, where that is another. */
  readonly amount?: string
}

/** The identity by which the gap of a metric is taken apart: link by link, each so many of the one before. */
export interface DriverStory {
  readonly links: readonly Link[]
  /** Days ÷ deals of the first link: it is then taken apart further into what is in work and its cycle. */
  readonly cycle?: string
}

const dealsClosed: Link = { driver: 'deals', unit: 'count', metric: 'win_rate', side: 'denominator' }
const customersActive: Link = { driver: 'customers', unit: 'count', metric: 'active_customers' }
const sales: Link = { driver: 'sales', unit: 'money', metric: 'sales_amount' }

/** The metrics that are made of others, each exactly: the product of the drivers is the figure. */
const stories: Readonly<Record<string, DriverStory>> = {
  signed_amount: {
    links: [
      dealsClosed,
      { driver: 'rate', unit: 'percent', metric: 'win_rate', amount: 'won_deals' },
      { driver: 'size', unit: 'money', metric: 'signed_amount' },
    ],
    cycle: 'won_cycle',
  },
  won_deals: {
    links: [dealsClosed, { driver: 'rate', unit: 'percent', metric: 'won_deals', records: 'win_rate' }],
    cycle: 'won_cycle',
  },
  sales_amount: { links: [customersActive, { driver: 'perCustomer', unit: 'money', metric: 'sales_amount' }] },
  new_customers: { links: [customersActive, { driver: 'newShare', unit: 'percent', metric: 'new_customers' }] },
  collections: { links: [sales, { driver: 'collected', unit: 'percent', metric: 'collections' }] },
  gross_margin: {
    links: [
      sales,
      { driver: 'costed', unit: 'percent', metric: 'costed_sales' },
      { driver: 'margin', unit: 'percent', metric: 'gross_margin' },
    ],
  },
  weighted_pipeline: {
    links: [
      { driver: 'pipeline', unit: 'money', metric: 'pipeline_value' },
      { driver: 'chance', unit: 'percent', metric: 'weighted_pipeline' },
    ],
  },
}

/** The drivers of a metric; undefined where it has none that multiply to it. */
export function storyOf(metric: string): DriverStory | undefined {
  return Object.hasOwn(stories, metric) ? stories[metric] : undefined
}
