import { join } from 'node:path'
import { openEmbeddedIndex } from '../../../relay/vectors/embedded.ts'
import { newFolder } from '../../support/relay.ts'
import { indexSuite } from './suite.ts'

indexSuite(async () => {
  const path = join(await newFolder(), 'index.sqlite')
  return { open: async (made) => openEmbeddedIndex(path, made), clear: async () => {} }
})
