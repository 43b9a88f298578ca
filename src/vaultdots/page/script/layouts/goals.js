// Goals as lines through the Decembers: threads of goals that take each other up, each a row or a
// lane. Positions only; the view draws them.

// goals: [{made, target, status, next, …}]. → threads, longest first: {goals: [indices], from, to}.
export function threadsOf(goals) {
  const taken = new Set(goals.map((goal) => goal.next).filter((next) => next !== null));
  const threads = [], seen = new Set();
  const follow = (k) => {
    const chain = [];
    for (let at = k; at !== null && at !== undefined && !seen.has(at); at = goals[at].next) { seen.add(at); chain.push(at); }
    if (chain.length) threads.push({ goals: chain, from: goals[chain[0]].made, to: endOf(goals[chain.at(-1)]) });
  };
  goals.forEach((_, k) => { if (!taken.has(k)) follow(k); });
  goals.forEach((_, k) => follow(k)); // whatever a circle of `next` left over
  return threads.sort((a, b) => b.goals.length - a.goals.length || a.from - b.from || a.goals[0] - b.goals[0]);
}

// The December in which a goal is answered: that of its year, or the one after it was made.
export const endOf = (goal) => Math.max(goal.made + 1, goal.target ?? goal.made + 1);

// Rows: one each (steps), or lanes that are used again once a thread has ended (packed).
export function lanesOf(threads, packed) {
  if (!packed) return { lane: threads.map((_, k) => k), count: threads.length };
  const ends = [], lane = threads.map((thread) => {
    let at = ends.findIndex((end) => end <= thread.from);
    if (at < 0) at = ends.length;
    ends[at] = thread.to;
    return at;
  });
  return { lane, count: ends.length };
}
