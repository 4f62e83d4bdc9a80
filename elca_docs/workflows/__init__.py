"""One module per user task: gather → decide → apply → Summary. Only this room knows the order of the stages."""
