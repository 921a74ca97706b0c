import { expect, it } from 'vitest'
import { drawSpark } from './draw-spark.ts'

const size = { width: 26, height: 26 }

it('draws a line from month to month on the ground of zero', () => {
  const spark = drawSpark([0, 5, 10], size)
  expect(spark?.line).toBe('M3 23L13 13L23 3')
  expect(spark?.area).toBe('M3 23L13 13L23 3L23 23L3 23Z')
  expect(spark?.last).toEqual({ x: 23, y: 3 })
})

it('passes over what is not known, and goes below the ground', () => {
  expect(drawSpark([null, 10, -10], size)?.line).toBe('M13 3L23 23')
  expect(drawSpark([0, 0], size)?.line).toBe('M3 23L23 23')
})

it('draws nothing where nothing is known', () => {
  expect(drawSpark([null, null], size)).toBeUndefined()
})
