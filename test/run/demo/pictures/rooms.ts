import type { Scenery } from './stage.ts'

type Light = Scenery['light']

/** Walls and tables that go together; the same few rooms make forty pictures one family. */
const rooms = {
  sand: ['#e9d5b9', '#d9b98f'],
  sage: ['#c3cdb2', '#d2b68c'],
  peach: ['#efcdb0', '#d8a983'],
  sky: ['#bccbcc', '#d3c3a3'],
  oat: ['#efdcc0', '#d8b890'],
  mint: ['#bccdc4', '#d2bb94'],
  rose: ['#e7c9b4', '#d8b08f'],
  fog: ['#d7dbcf', '#cdb28a'],
  dusk: ['#c4b5a0', '#b08a60'],
  moss: ['#aebf9f', '#b99a6c'],
  honey: ['#e9bd8e', '#cf9a67'],
  sea: ['#a9bcb9', '#d0bd9b'],
} as const

export type Room = keyof typeof rooms

export function room(name: Room, light: Light = 'window', withFruit = false): Scenery {
  const [wall, table] = rooms[name]
  return { wall, table, light, withFruit }
}
