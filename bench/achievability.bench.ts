import { judgeOrganisation } from '#testing/simulated-organisation.ts'
import { figure, type Figure } from './figure.ts'

/** Targets of simulated organisations, judged when their period begins, beside what came of them. */
export async function bench(): Promise<readonly Figure[]> {
  const judged = ['east', 'west', 'north', 'south', 'middle'].flatMap((seed) => judgeOrganisation(seed, 100))
  const share = (part: number, whole: number) => (100 * part) / whole
  const inside = judged.filter(({ found, actual }) => actual >= found.lower && actual <= found.upper).length
  const covered = share(inside, judged.length)
  const reached = (verdict: string) => {
    const some = judged.filter(({ found }) => found.verdict === verdict)
    return share(some.filter(({ actual, target }) => actual >= target).length, some.length)
  }
  return [
    figure('achievability: what came inside the 80% interval, at least', covered, '%', { atLeast: 70 }),
    figure('achievability: what came inside the 80% interval, at most', covered, '%', { atMost: 90 }),
    figure('achievability: targets called too easy that were reached', reached('too-easy'), '%', { atLeast: 90 }),
    figure('achievability: targets called a challenge that were reached', reached('challenge'), '%'),
    figure('achievability: targets called out of reach that were reached', reached('out-of-reach'), '%', {
      atMost: 15,
    }),
  ]
}
