import { mean, sum } from './averages.ts'
import type { Estimate } from './evidence.ts'
import { chanceOf } from './landing.ts'
import { widthOf } from './normal.ts'

/** From where an estimate comes. `peers` are borrowed, which is said. */
export type EvidenceKind = 'history' | 'pipeline' | 'capacity' | 'market' | 'peers'

export interface Evidence extends Estimate {
  readonly kind: EvidenceKind
}

/** Too easy above 90 %, out of reach below 15 %, a challenge between. */
export type Verdict = 'too-easy' | 'challenge' | 'out-of-reach'

export interface Driver extends Part {
  /** The chance that it alone would give the target. */
  readonly chance: number
}

export interface Achievability extends Estimate {
  /** The chance that the target is reached, 0–1. */
  readonly chance: number
  readonly verdict: Verdict
  readonly lower: number
  readonly upper: number
  /** What says most first. */
  readonly drivers: readonly Driver[]
  /** Peers say more than anything else: there is no history of its own. */
  readonly isBorrowed: boolean
}

export interface AchievabilityQuestion {
  readonly target: number
  readonly better: 'higher' | 'lower'
  readonly evidence: readonly Evidence[]
  /** 0.8 unless told. */
  readonly level?: number
  /** What cannot be undercut: what is there of what only grows, or nothing; no such bound unless told. */
  readonly least?: number
}

/** An estimate beside others, with its own interval. */
interface Part extends Evidence {
  /** How much it says, 0–1; all together 1. */
  readonly weight: number
  readonly lower: number
  readonly upper: number
}

/** Where a period ends by all that is known, before anybody asks for a target. */
export interface PeriodEnd extends Estimate {
  readonly lower: number
  readonly upper: number
  /** What says most first, each with the interval that it alone would give: what is there is undercut by none. */
  readonly evidence: readonly Part[]
  readonly isBorrowed: boolean
}

const tooEasy = 0.9
const outOfReach = 0.15

/** Deals and the market are off by so many percent; months of a series, heads and peers by so much. */
const shareOfItself: ReadonlySet<EvidenceKind> = new Set(['pipeline', 'market'])

/** Whoever expects next to nothing is off by so many times that at most. */
const mostShare = 1000

/** Estimates of one period see the same customers and the same people: they are taken as half alike. */
const alike = 0.5

/**
 * Where a period ends, from all that is known: every estimate weighs as much as it is sure (Bates & Granger 1969; see
 * `weightsOf`), and the variance of the whole is Σᵢ Σⱼ wᵢwⱼ·ρᵢⱼ·σᵢσⱼ with ρ = 0.5 between different estimates. Estimates that
 * contradict each other add their disagreement, Σ wᵢ(mᵢ − m)², as in a mixture. Null where nothing is known.
 */
export function outcomeOf(
  evidence: readonly Evidence[],
  { level = 0.8, least = -Infinity }: Pick<AchievabilityQuestion, 'level' | 'least'> = {},
): PeriodEnd | null {
  if (evidence.length === 0) return null
  const weights = weightsOf(evidence, least)
  const between = (expected: number, deviation: number) => {
    const width = widthOf(level) * deviation
    return { lower: Math.max(least, expected - width), upper: Math.max(least, expected + width) }
  }
  const weighted = evidence.map((each, at): Part => {
    return { ...each, weight: weights[at] ?? 0, ...between(each.mean, each.deviation) }
  })
  const middle = sum(weighted.map((each) => each.weight * each.mean))
  const disagreement = sum(weighted.map((each) => each.weight * (each.mean - middle) ** 2))
  const together = sum(weighted.map((each) => each.weight * each.deviation)) ** 2
  const apart = sum(weighted.map((each) => (each.weight * each.deviation) ** 2))
  const deviation = Math.sqrt(alike * together + (1 - alike) * apart + disagreement)
  const sorted = weighted.toSorted((one, other) => other.weight - one.weight)
  return {
    mean: middle,
    deviation,
    ...between(middle, deviation),
    evidence: sorted,
    isBorrowed: sorted[0]?.kind === 'peers',
  }
}

/** The chance that a target is reached, by the one outcome; each estimate also with the chance that it alone would give. */
export function achievabilityOf(question: AchievabilityQuestion): Achievability | null {
  const { target, better } = question
  const found = outcomeOf(question.evidence, question)
  if (!found) return null
  const { evidence, ...outcome } = found
  const chance = chanceOf(target, outcome, better)
  return {
    ...outcome,
    chance,
    verdict: verdictOf(chance),
    drivers: evidence.map((each): Driver => ({ ...each, chance: chanceOf(target, each, better) })),
  }
}

export function verdictOf(chance: number): Verdict {
  if (chance > tooEasy) return 'too-easy'
  return chance < outOfReach ? 'out-of-reach' : 'challenge'
}

/**
 * 1 ÷ variance, together 1; what is certain outweighs the rest. Where results only grow, σ of some parts is a share of what
 * they expect to come: whoever expects little seems sure, and the smallest estimate would weigh most for being small. Of
 * these the same share is taken of what all parts expect on average, M: σᵢ·M/(mᵢ − least). What errs by as much whatever
 * it expects keeps its σ, or the largest estimate would weigh most. All are told in M here. It is a mean, so that nobody is
 * taken for surer than he says by more than the number of parts.
 */
function weightsOf(evidence: readonly Evidence[], least: number): readonly number[] {
  const certain = evidence.filter(({ deviation }) => deviation === 0).length
  const toCome = ({ mean: expected }: Evidence) => Math.max(0, expected - least)
  const common = mean(evidence.map(toCome))
  const isScaled = Number.isFinite(least) && common > 0
  const raw = evidence.map((each) => {
    const { kind, deviation } = each
    if (certain > 0) return deviation === 0 ? 1 : 0
    const whole = shareOfItself.has(kind) ? toCome(each) : common
    const off = isScaled ? Math.min(deviation / whole, mostShare) : deviation
    return 1 / (off * off)
  })
  const all = sum(raw)
  return raw.map((weight) => weight / all)
}
