import { Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import classes from './button-link.module.css';

/** A link that leads to another page and looks as what does something does. */
export const ButtonLink = createLink((props: Omit<ComponentProps<'a'>, 'color' | 'style'>) => (
  <Button component="a" variant="default" fw={550} {...props} className={classes['link'] ?? ''} />
));
