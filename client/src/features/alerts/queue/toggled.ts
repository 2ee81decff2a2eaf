/** The list without the value if it is in there, else with it. */
export const toggled = <Value>(list: readonly Value[], value: Value): Value[] =>
  list.includes(value) ? list.filter((member) => member !== value) : [...list, value];
