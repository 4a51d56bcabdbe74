import { buildIfChanged } from './build.ts'
import { openHouse } from './house.ts'
import { runHouse } from './launcher.ts'

await runHouse({
  async open(plan, say) {
    say('building the site (only when its sources have changed) …')
    await buildIfChanged(plan.built)
    say('starting …')
    return openHouse(plan)
  },
})
