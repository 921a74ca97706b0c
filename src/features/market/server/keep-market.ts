import type { FieldFault } from '#base/errors.ts'
import { regions } from '#engine/region/regions.ts'
import { readDecimal } from '#engine/money/decimal.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { marketChanged, type GivenSize, type ShownSize, type ShownTerritory } from '../contract.ts'
import { marketErrors, marketFaults } from '../errors.ts'
import {
  deleteSize,
  hasRate,
  keepSize,
  sizeRows,
  territories,
  writeTerritory,
  type KeptSize,
  type SizeRow,
  type UnitTerritory,
} from './market-store.ts'

const everywhere = { zh: '全部地区', en: 'Everywhere' }

export async function showMarket(ctx: Ctx): Promise<{ sizes: ShownSize[]; territories: ShownTerritory[] }> {
  return inView(ctx, async (tx) => ({
    sizes: (await sizeRows(tx, ctx)).map((row) => shownSize(ctx, row)),
    territories: (await territories(tx, ctx, ctx.today)).map((one) => shownTerritory(ctx, one)),
  }))
}

export function shownSize({ language }: Ctx, row: SizeRow): ShownSize {
  const { id, region, industry, from, to, amount, currency, source, toldOn, confidence } = row
  const regionName = region === null ? everywhere[language] : regions.fullNameOf(region, language)
  return { id, region, regionName, industry, from, to, amount, currency, source, toldOn, confidence }
}

function shownTerritory(
  { language }: Ctx,
  { unitId, name, regions: codes, industries }: UnitTerritory,
): ShownTerritory {
  return {
    unitId,
    name,
    regions: codes.map((code) => ({ code, name: regions.fullNameOf(code, language) })),
    industries: [...industries],
  }
}

/** Keeps sizes, all or none; MARKET_REFUSED names what does not hold. */
export async function keepSizes(ctx: Ctx, given: readonly GivenSize[]): Promise<{ kept: number }> {
  return inStep(
    ctx,
    async (step) => {
      const read = []
      for (const [at, size] of given.entries()) read.push(await readSize(step.tx, ctx, size, `sizes.${at}`))
      const faults = [...read.flatMap((one) => one.faults), ...saidTwice(read.map(({ size }) => size))]
      if (faults.length > 0) throw marketErrors.MARKET_REFUSED({}, faults)
      for (const { size } of read) {
        const { id, before } = await keepSize(step, size)
        const action = before ? 'updated' : 'created'
        step.audit({ object: 'market_size', recordId: id, action, before, after: size })
      }
      step.tell({ name: marketChanged, payload: { sizes: read.length } })
      return { kept: read.length }
    },
    { kind: 'market.keep' },
  )
}

/** Of two sizes of one key the later would take the place of the other. */
function saidTwice(sizes: readonly KeptSize[]): readonly FieldFault[] {
  const keys = sizes.map(({ region, industry, from }) => JSON.stringify([region, industry, from]))
  return keys.flatMap((key, at) =>
    keys.indexOf(key) === at ? [] : [{ field: `sizes.${at}`, code: 'twice', label: marketFaults.twice }],
  )
}

interface ReadSize {
  readonly size: KeptSize
  readonly faults: readonly FieldFault[]
}

async function readSize(tx: Tx, ctx: Ctx, given: GivenSize, at: string): Promise<ReadSize> {
  const region = given.region.trim() === '' ? null : regions.read(given.region.trim())
  const amount = readDecimal(given.amount.trim())
  const isTooLarge = !amount.ok && amount.reason === 'too-large'
  const currency = given.currency.trim().toUpperCase() || ctx.company.currency
  const isValued = currency === ctx.company.currency || (await hasRate(tx, ctx, currency, given.from))
  const fault = (field: string, code: keyof typeof marketFaults, params = {}) => [
    { field: `${at}.${field}`, code, label: marketFaults[code], params },
  ]
  const faults = [
    ...(region === undefined ? fault('region', 'region', { region: given.region }) : []),
    ...(given.to > given.from ? [] : fault('to', 'span')),
    ...(amount.ok && !amount.value.startsWith('-') ? [] : fault('amount', isTooLarge ? 'large' : 'amount')),
    ...(given.toldOn > ctx.today ? fault('toldOn', 'future', { day: given.toldOn }) : []),
    ...(isValued ? [] : fault('currency', 'currency', { currency, day: given.from })),
  ]
  const { from, to, source, toldOn, confidence } = given
  const industry = given.industry.trim() || null
  return {
    size: { region: region ?? null, industry, from, to, amount: amount.ok ? amount.value : '0', currency, source: source.trim(), toldOn, confidence }, // prettier-ignore
    faults,
  }
}

export async function removeSize(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const gone = isId(id) ? await deleteSize(step, id) : undefined
      if (!gone) throw marketErrors.MARKET_SIZE_NOT_FOUND()
      step.audit({ object: 'market_size', recordId: id, action: 'deleted', before: gone, after: null })
      step.tell({ name: marketChanged, payload: { sizes: 1 } })
    },
    { kind: 'market.remove' },
  )
}

/** Sets what a unit covers; MARKET_REFUSED names regions that nobody knows. */
export async function setTerritory(
  ctx: Ctx,
  unitId: string,
  given: { readonly regions: readonly string[]; readonly industries: readonly string[] },
): Promise<ShownTerritory> {
  const codes = given.regions.map((text) => regions.read(text.trim()))
  const faults = codes.flatMap((code, at) =>
    code === undefined
      ? [
          {
            field: `regions.${at}`,
            code: 'region',
            label: marketFaults.region,
            params: { region: given.regions[at] ?? '' },
          },
        ]
      : [],
  )
  if (faults.length > 0) throw marketErrors.MARKET_REFUSED({}, faults)
  const territory = { regions: [...new Set(codes.filter((code) => code !== undefined))], industries: [...new Set(given.industries.map((one) => one.trim()))] } // prettier-ignore
  return inStep(
    ctx,
    async (step) => {
      const known = (await territories(step.tx, ctx, ctx.today)).find((one) => one.unitId === unitId)
      if (!known) throw marketErrors.TERRITORY_UNIT_NOT_FOUND()
      await writeTerritory(step, unitId, territory)
      const before = { regions: known.regions, industries: known.industries }
      step.audit({ object: 'unit', recordId: unitId, action: 'updated', before, after: territory })
      step.tell({ name: marketChanged, payload: { unit: unitId } })
      return shownTerritory(ctx, { ...known, ...territory })
    },
    { kind: 'market.territory' },
  )
}
