export { allDueOn, dropLane, dueOn, type Lane } from './lane-store.ts'
export { registerLane, sendOnce, startSending } from './send.ts'
