export * from './appeal-contract.ts'
export * from './own-contract.ts'
export * from './proposal-contract.ts'

/** Told when a number was proposed or adjusted, or a unit handed up or sent back: `{planId, node, kind, comment}`. */
export const proposalChanged = 'proposal.changed'
/** Told when something happened to an appeal: `{appealId, kind}`. */
export const appealMoved = 'appeal.moved'
