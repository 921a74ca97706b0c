/** What opens beside the grid. */
export type PlanSide = 'differences' | 'history' | 'sheet' | 'setup' | 'options' | 'published' | 'amend'
