import { describe, expect, it } from 'vitest'
import { attainmentSettingsShape } from '#features/targets/contract.ts'
import { filledBy, readBack } from './settings-form.ts'

const usualSettings = attainmentSettingsShape.parse({})

describe('the form of attainment settings', () => {
  it('gives back what it was filled with', () => {
    const settings = {
      ...usualSettings,
      keptMetrics: ['visits'],
      clamp: { least: 0, most: 1.5 },
      alerts: { ...usualSettings.alerts, kinds: ['month' as const] },
    }
    expect(readBack(usualSettings, filledBy(settings))).toEqual(settings)
    expect(readBack(settings, filledBy(usualSettings))).toEqual(usualSettings)
  })

  it('shows a bound that was left open as open', () => {
    expect(filledBy(usualSettings)).toMatchObject({ clampLeast: 0, clampMost: null })
    const kept = readBack(usualSettings, { ...filledBy(usualSettings), clampLeast: null, clampMost: 200 })
    expect(kept.clamp).toEqual({ least: -10, most: 2 })
    expect(filledBy(kept)).toMatchObject({ clampLeast: null, clampMost: 200 })
  })
})
