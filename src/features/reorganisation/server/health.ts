import { PassThrough, type Readable } from 'node:stream'
import { inWords } from '#base/label.ts'
import { drawnOn, structureOf } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { writeSheet, type Cell, type SheetFormat } from '#platform/transfer/sheet-writer.ts'
import { mainUnits } from '../drawing.ts'
import { findingLabels, sheetLabels } from '../finding-labels.ts'
import { healthOf } from '../health.ts'
import type { Health } from '../health-contract.ts'
import { ownedBy } from './owned-counts.ts'

/** The tiers as they are today. */
export async function showHealth(ctx: Ctx, structureKey: string | undefined): Promise<Health> {
  const drawing = await inView(ctx, async (tx) => drawnOn(tx, (await structureOf(tx, structureKey)).id, ctx.today))
  return healthOf(drawing, await ownedBy(ctx, [...mainUnits(drawing).keys()]), ctx.today)
}

/** Units with their figures, then what was found about them, as a sheet. */
export async function healthAsFile(ctx: Ctx, structureKey: string | undefined, format: SheetFormat) {
  const health = await showHealth(ctx, structureKey)
  await inStep(
    ctx,
    async (step) => {
      const recordId = ctx.company.id
      step.audit({ object: 'company', recordId, action: 'exported', before: null, after: { health: health.on } })
    },
    { kind: 'org.health.export' },
  )
  const stream = new PassThrough()
  const header = sheetLabels.map((label) => inWords(label, ctx.language))
  // The reply ends with an error when the writer does: a half file is never taken for a whole one.
  writeSheet(stream, format, header, linesOf(health, ctx)).catch((error: Error) => stream.destroy(error))
  const file: { readonly name: string; readonly stream: Readable } = { name: `health-${health.on}.${format}`, stream }
  return file
}

function linesOf(health: Health, ctx: Ctx): Cell[][] {
  const found = Map.groupBy(health.findings, (finding) => finding.unit?.id ?? '')
  const inText = (of: string): string =>
    (found.get(of) ?? [])
      .map(({ kind, person, figure }) =>
        [inWords(findingLabels[kind], ctx.language), person?.name, figure].filter((part) => part).join(' '),
      )
      .join('; ')
  const rows = health.units.map((unit): Cell[] => [
    unit.name,
    unit.tier,
    unit.head?.name ?? '',
    ...[unit.depth + 1, unit.span, unit.peopleBelow, unit.accounts, unit.deals, unit.tasks].map((value) => ({
      number: String(value),
    })),
    inText(unit.id),
  ])
  return found.has('') ? [...rows, ['', '', '', '', '', '', '', '', '', inText('')]] : rows
}
