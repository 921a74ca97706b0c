let isHalted = false

/** The process is about to end: long jobs stop after the portion they are at, and go on at the next start. */
export function haltJobs(): void {
  isHalted = true
}

/** Called between portions; a job that is stopped here is as if its connection was lost. */
export function stopIfHalted(): void {
  if (isHalted) throw Object.assign(new Error('the process is about to end'), { code: 'EHALT' })
}
