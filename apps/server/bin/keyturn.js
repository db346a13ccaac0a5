#!/usr/bin/env node
import "../dist/cli/keyturn.js";
