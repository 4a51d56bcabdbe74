export {
  blockedEitherWay,
  followsAs,
  blockedPair,
  hearsNothingOf,
  hiddenFor,
  hiddenFrom,
  relationOf,
  relationsOf,
  type Relation,
} from './relations.ts'
export { acceptAllRequests } from './edges.ts'
export { personRows } from './people.ts'
export { followsDrain, workOnFollows, type Pair, type TellPair } from './telling.ts'
