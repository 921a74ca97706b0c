import { useEffect, useRef, useState } from 'react'
import type { Field, Step } from './lay-terrace.ts'

/** What moves of a step. */
export interface Pose {
  readonly x: number
  readonly width: number
  readonly top: number
  readonly level: number
  readonly opacity: number
}

const duration = 520

const ease = (part: number) => 1 - (1 - part) ** 3

function poseOf(step: Step): Pose {
  return { x: step.x, width: step.width, top: step.top, level: step.level ?? 0, opacity: 1 }
}

function between(from: Pose, to: Pose, part: number): Pose {
  const mix = (a: number, b: number) => a + (b - a) * part
  return {
    x: mix(from.x, to.x),
    width: mix(from.width, to.width),
    top: mix(from.top, to.top),
    level: mix(from.level, to.level),
    opacity: mix(from.opacity, to.opacity),
  }
}

function isStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Where a step comes from: its own place before, else grown out of its parent's. */
function beginningOf(step: Step, before: ReadonlyMap<string, Pose>): Pose {
  const own = before.get(step.id)
  if (own) return own
  const parent = step.parentId === undefined ? undefined : before.get(step.parentId)
  const end = poseOf(step)
  return parent
    ? { ...end, level: 0, opacity: 0, top: parent.top }
    : { ...end, level: 0, opacity: before.size === 0 ? 1 : 0 }
}

/** Moves the steps calmly from where they were to where they belong. */
export function useMotion(field: Field): ReadonlyMap<string, Pose> {
  const shown = useRef<ReadonlyMap<string, Pose>>(new Map())
  const [poses, setPoses] = useState<ReadonlyMap<string, Pose>>(new Map())

  useEffect(() => {
    const begin = new Map(field.steps.map((step) => [step.id, beginningOf(step, shown.current)]))
    const show = (part: number) => {
      const next = new Map(
        field.steps.map((step) => [step.id, between(begin.get(step.id) ?? poseOf(step), poseOf(step), part)]),
      )
      shown.current = next
      setPoses(next)
    }
    if (isStill()) {
      show(1)
      return undefined
    }
    let frame = 0
    let startedAt: number | undefined
    const tick = (now: number) => {
      startedAt ??= now
      const part = Math.min(1, (now - startedAt) / duration)
      show(ease(part))
      if (part < 1) frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [field])

  return poses
}
